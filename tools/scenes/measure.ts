/**
 * Measures every sprite once and writes sprites.jsonl, so that composing a scene needs no pixels:
 * the tight box of the drawing, its main colour where people would name one, and which paints
 * take well on it. Run `node tools/scenes/measure.ts` after a change to the concept table, to
 * paint.ts or to the emoji packages; a test tells when that was forgotten.
 */
import { writeFileSync } from 'node:fs'
import { findIcon, iconName } from './art.ts'
import type { Icon } from './art.ts'
import type { Colour, Lch } from './colour.ts'
import { nameColour, rgbToLch } from './colour.ts'
import type { Concept, Vendor } from './concepts/concept.ts'
import { VENDORS } from './concepts/concept.ts'
import { CONCEPTS } from './concepts/table.ts'
import { paintBody } from './paint.ts'
import type { Raster } from './raster.ts'
import { rasterise } from './raster.ts'
import type { SpriteRow } from './sprites.ts'
import { SPRITES_PATH } from './sprites.ts'

const SIDE = 192
/** A colour word is claimed when this share of the drawing bears it and no other word comes near. */
const CLEAR_SHARE = 0.5
const RIVAL_SHARE = 0.28
/** Art with less of its own main colour than this cannot be repainted convincingly. */
const MAIN_SHARE = 0.25

interface Survey {
  readonly shares: ReadonlyMap<Colour, number>
  readonly mean: readonly [number, number, number]
}

function forEachOpaque(
  raster: Raster,
  visit: (red: number, green: number, blue: number) => void,
): void {
  const { pixels } = raster
  for (let at = 0; at < pixels.length; at += 4) {
    if ((pixels[at + 3] ?? 0) > 140)
      visit(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)
  }
}

function survey(raster: Raster): Survey {
  const counts = new Map<Colour, number>()
  const sum = [0, 0, 0] as [number, number, number]
  let total = 0
  forEachOpaque(raster, (red, green, blue) => {
    total += 1
    sum[0] += red
    sum[1] += green
    sum[2] += blue
    const name = nameColour([red, green, blue])
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
  })
  const divisor = Math.max(1, total)
  return {
    shares: new Map([...counts].map(([name, count]) => [name, count / divisor])),
    mean: [sum[0] / divisor, sum[1] / divisor, sum[2] / divisor],
  }
}

/** The colour word that clearly holds, or null. */
function clearColour({ shares }: Survey): Colour | null {
  const ranked = [...shares].sort((a, b) => b[1] - a[1])
  const [first, second] = ranked
  if (!first || first[1] < CLEAR_SHARE) return null
  return (second?.[1] ?? 0) > RIVAL_SHARE ? null : first[0]
}

/** Mean of the strongly coloured pixels: what paint.ts moves to the new colour. */
function mainColour(raster: Raster): Lch | null {
  let total = 0
  const bins = Array.from({ length: 36 }, () => ({ weight: 0, l: 0, c: 0, h: 0 }))
  forEachOpaque(raster, (red, green, blue) => {
    total += 1
    const colour = rgbToLch([red, green, blue])
    const bin = bins[Math.min(35, Math.floor(colour.h / 10))]
    if (!bin || colour.c < 0.06) return
    bin.weight += 1
    bin.l += colour.l
    bin.c += colour.c
    bin.h += colour.h
  })
  const best = bins.reduce((a, b) => (b.weight > a.weight ? b : a))
  if (best.weight < total * MAIN_SHARE) return null
  return { l: best.l / best.weight, c: best.c / best.weight, h: best.h / best.weight }
}

function tightBox(raster: Raster): { x0: number; y0: number; x1: number; y1: number } {
  let [x0, y0, x1, y1] = [raster.width, raster.height, 0, 0]
  for (let y = 0; y < raster.height; y += 1) {
    for (let x = 0; x < raster.width; x += 1) {
      if ((raster.pixels[(y * raster.width + x) * 4 + 3] ?? 0) < 24) continue
      x0 = Math.min(x0, x)
      x1 = Math.max(x1, x + 1)
      y0 = Math.min(y0, y)
      y1 = Math.max(y1, y + 1)
    }
  }
  return { x0, y0, x1, y1 }
}

function drawWhole(icon: Icon, body: string): Promise<Raster> {
  const scale = SIDE / Math.max(icon.width, icon.height)
  return rasterise({
    body,
    view: [0, 0, icon.width, icon.height],
    width: Math.round(icon.width * scale),
    height: Math.round(icon.height * scale),
  })
}

async function paintsThatTake(icon: Icon, main: Lch, wanted: readonly Colour[]): Promise<Colour[]> {
  const good: Colour[] = []
  for (const colour of wanted) {
    const painted = survey(await drawWhole(icon, paintBody(icon.body, main, colour)))
    if (clearColour(painted) === colour) good.push(colour)
  }
  return good
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** What sprites.jsonl says of one concept by one vendor; null when the vendor does not draw it. */
export async function measureSprite(concept: Concept, vendor: Vendor): Promise<SpriteRow | null> {
  const name = iconName(concept, vendor)
  const icon = name === null ? null : findIcon(vendor, name)
  if (name === null || !icon) return null
  const raster = await drawWhole(icon, icon.body)
  const { x0, y0, x1, y1 } = tightBox(raster)
  const unit = icon.width / raster.width
  const found = survey(raster)
  const main = concept.paint.length > 0 ? mainColour(raster) : null
  return {
    concept: concept.id,
    vendor,
    icon: name,
    view: [
      rounded(x0 * unit, 2),
      rounded(y0 * unit, 2),
      rounded((x1 - x0) * unit, 2),
      rounded((y1 - y0) * unit, 2),
    ],
    mean: [Math.round(found.mean[0]), Math.round(found.mean[1]), Math.round(found.mean[2])],
    colour: concept.plain ? null : clearColour(found),
    main: main && { l: rounded(main.l, 4), c: rounded(main.c, 4), h: rounded(main.h, 1) },
    paints: main ? await paintsThatTake(icon, main, concept.paint) : [],
  }
}

/** One row for each concept and vendor that draws it, in table order. */
async function measureSprites(): Promise<SpriteRow[]> {
  const rows: SpriteRow[] = []
  for (const concept of CONCEPTS) {
    for (const vendor of VENDORS) {
      const row = await measureSprite(concept, vendor)
      if (row) rows.push(row)
    }
  }
  return rows
}

if (import.meta.main) {
  const rows = await measureSprites()
  writeFileSync(SPRITES_PATH, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  console.log(`${rows.length} sprites of ${CONCEPTS.length} concepts measured.`)
}
