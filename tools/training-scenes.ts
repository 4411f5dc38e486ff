import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { findIcon } from './scenes/art.ts'
import { COLOURS } from './scenes/colour.ts'
import { composeScene, DEFAULT_SCENE_OPTIONS } from './scenes/compose.ts'
import type { Scene } from './scenes/compose.ts'
import { KINDS } from './scenes/concepts/concept.ts'
import { CONCEPTS } from './scenes/concepts/table.ts'
import { RELATION_WORDS, SIGN_STYLES } from './scenes/graph.ts'
import { paintBody } from './scenes/paint.ts'
import { rasterise, rasteriseOpaque } from './scenes/raster.ts'
import { scenery, SCENERY_VARIANTS } from './scenes/scenery/draw.ts'
import { REFERENCE_HEIGHT, SCENERY_KINDS } from './scenes/scenery/scenery.ts'
import { SIGN_NOUNS, SIGN_WORDS, signBody, signSize } from './scenes/sign.ts'
import { spriteRows } from './scenes/sprites.ts'

const HELP = `Writes what training/train.py needs to draw scenes itself: every drawing of every
vendor once, every background once, and the graphs and texts of composed scenes without pictures.

  node tools/training-scenes.ts --out DIR --count N --seed S

  --out DIR     made when it is not there
  --count N     how many scenes (graphs with texts)
  --seed S      seed of the scenes; those of the bundled sample (1) must not be used
`

/** Longer side of a stored drawing in pixels. */
const SPRITE_SIDE = 112
/** Backgrounds are stored at a third of the size of the bundled sample. */
const BACKDROP = { width: 256, height: 192 } as const

interface Drawing {
  readonly concept: string
  readonly vendor: string
  readonly paint: string | null
  readonly colour: string | null
  readonly aspect: number
  readonly body: string
  readonly view: readonly [number, number, number, number]
}

function iconDrawings(): Drawing[] {
  const rows = spriteRows().filter((row) => DEFAULT_SCENE_OPTIONS.vendors.includes(row.vendor))
  return rows.flatMap((row) => {
    const art = findIcon(row.vendor, row.icon)
    const concept = CONCEPTS.find((one) => one.id === row.concept)
    if (!art || !concept) throw new Error(`No icon for ${row.concept} by ${row.vendor}.`)
    const { main, view } = row
    const paints = main && concept.paint.length > 0 ? row.paints : []
    const shared = {
      concept: row.concept,
      vendor: row.vendor,
      aspect: view[2] / view[3],
      view,
    }
    return [
      { ...shared, paint: null, colour: row.colour, body: art.body },
      ...paints.map((paint) => ({
        ...shared,
        paint,
        colour: paint,
        body: main ? paintBody(art.body, main, paint) : art.body,
      })),
    ]
  })
}

function signDrawings(): Drawing[] {
  const words = [...new Set<string>(Object.values(SIGN_WORDS).flat())]
  return SIGN_STYLES.flatMap((style) => {
    const { width, height } = signSize(style)
    return words.map((text) => ({
      concept: `sign ${style}`,
      vendor: text,
      paint: null,
      colour: null,
      aspect: width / height,
      body: signBody(style, text),
      view: [0, 0, width, height] as const,
    }))
  })
}

/** `sprites.bin`: straight-alpha RGBA one after the other; `sprites.jsonl`: what and where. */
async function writeSprites(folder: string): Promise<number> {
  const pixels = createWriteStream(join(folder, 'sprites.bin'))
  const rows: string[] = []
  let offset = 0
  for (const drawing of [...iconDrawings(), ...signDrawings()]) {
    const { body, view, aspect, ...row } = drawing
    const width = Math.max(8, Math.round(SPRITE_SIDE * Math.min(1, aspect)))
    const height = Math.max(8, Math.round(SPRITE_SIDE / Math.max(1, aspect)))
    const raster = await rasterise({ body, view, width, height })
    pixels.write(raster.pixels)
    rows.push(JSON.stringify({ ...row, aspect, width, height, offset }))
    offset += raster.pixels.length
  }
  pixels.end()
  await finished(pixels)
  await writeFile(join(folder, 'sprites.jsonl'), `${rows.join('\n')}\n`)
  return rows.length
}

/** `scenery.bin`: RGB backgrounds one after the other; `scenery.jsonl`: which, and their words. */
async function writeScenery(folder: string): Promise<void> {
  const units = (REFERENCE_HEIGHT * BACKDROP.width) / BACKDROP.height
  const pixels = createWriteStream(join(folder, 'scenery.bin'))
  const rows: string[] = []
  for (const kind of SCENERY_KINDS) {
    for (let variant = 0; variant < SCENERY_VARIANTS; variant += 1) {
      const { body, shadow, elements, settings, shortSettings } = scenery(kind, variant, units)
      const view = [0, 0, units, REFERENCE_HEIGHT] as const
      const raster = await rasteriseOpaque({ body, view, ...BACKDROP, mirrored: false })
      pixels.write(raster.pixels)
      rows.push(
        JSON.stringify({ kind, variant, ...BACKDROP, shadow, elements, settings, shortSettings }),
      )
    }
  }
  pixels.end()
  await finished(pixels)
  await writeFile(join(folder, 'scenery.jsonl'), `${rows.join('\n')}\n`)
}

/** What training reads of a scene; the same keys as in truth.jsonl. */
function sceneRow({ graph, caption, alts }: Scene): Record<string, unknown> {
  return {
    graph,
    caption: caption.text,
    alts: alts.map(({ text, origin, faults }) => ({
      text,
      origin,
      faults: faults.map((fault) => fault.kind),
    })),
  }
}

async function writeGraphs(folder: string, seed: number, count: number): Promise<void> {
  const lines = createWriteStream(join(folder, `scenes-${String(seed)}.jsonl`))
  for (let index = 0; index < count; index += 1) {
    // By default OpenMoji is not used; training must never see it, it is the art that is held out.
    lines.write(`${JSON.stringify(sceneRow(composeScene(seed, index, DEFAULT_SCENE_OPTIONS)))}\n`)
    if (lines.writableNeedDrain) await once(lines, 'drain')
  }
  lines.end()
  await finished(lines)
}

function writeWords(folder: string): Promise<void> {
  const concepts = CONCEPTS.map(({ id, plural, kind, category, near, generic, oneWay }) => ({
    id,
    plural,
    kind,
    category,
    near,
    generic,
    oneWay,
  }))
  const words = {
    concepts,
    kinds: KINDS,
    colours: COLOURS,
    relations: RELATION_WORDS,
    signNouns: SIGN_NOUNS,
    signWords: SIGN_WORDS,
  }
  return writeFile(join(folder, 'words.json'), JSON.stringify(words))
}

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const { out: folder } = values
const [count, seed] = [Number(values.count), Number(values.seed)]
if (values.help || !folder || !(count > 0) || !(seed > 1)) {
  console.log(HELP)
  process.exitCode = values.help ? 0 : 2
} else {
  await mkdir(folder, { recursive: true })
  await writeWords(folder)
  await writeScenery(folder)
  const sprites = await writeSprites(folder)
  await writeGraphs(folder, seed, count)
  console.log(`${String(sprites)} drawings and ${String(count)} scenes written.`)
}
