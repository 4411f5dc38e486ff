import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { OcrPack } from '../../src/shared/domain/pack.ts'
import { bundledPacksFolder, sampleFolder } from '../../src/main/base/app-paths.ts'
import { silentLog } from '../../src/main/base/log.ts'
import { DeviceChoice } from '../../src/main/models/device.ts'
import { openOnnxGraph } from '../../src/main/models/onnx-graph.ts'
import { readPackManifest } from '../../src/main/models/pack-folder.ts'
import { preparePicture, readPixels } from '../../src/main/models/pictures.ts'
import { SessionPool } from '../../src/main/models/session-pool.ts'
import { createLineTask, type FoundLine } from '../../src/main/models/tasks/ocr.ts'
import type { PackRuntime } from '../../src/main/models/tasks/task.ts'

export interface OcrRow {
  readonly set: string
  readonly pictures: number
  readonly characters: number
  /** 1 minus edits per character, spaces and line ends counted as one space. */
  readonly characterAccuracy: number
  /** Share of pictures read without any mistake. */
  readonly exact: number
}

const FONTS = [
  'DejaVu Sans',
  'DejaVu Serif',
  'DejaVu Sans Mono',
  'Liberation Sans',
  'Liberation Serif',
  'Liberation Sans Narrow',
] as const
const SIZES = [14, 20, 32, 56] as const
const ANGLES = [-90, -45, -20, -5, 5, 20, 45, 90, 180] as const
const LINES = ['Fresh bread daily', 'Open 9 to 5, closed', 'on Sunday: $12.50'] as const

/** Reads pictures of rendered text and the sample's signs with the OCR pack that comes with Realign. */
export async function measureOcr(
  options: {
    readonly fonts?: readonly string[]
    readonly sizes?: readonly number[]
    readonly angles?: readonly number[]
    readonly signs?: number
  } = {},
): Promise<readonly OcrRow[]> {
  const { fonts = FONTS, sizes = SIZES, angles = ANGLES, signs = 60 } = options
  const reader = await openReader()
  const folder = await mkdtemp(join(tmpdir(), 'realign-ocr-'))
  const readText = async (font: string, size: number, angle: number): Promise<Reading> => {
    const path = join(folder, 'text.png')
    await writeFile(path, await renderText(font, size, angle))
    const lines = await reader.read(path)
    return { wanted: LINES.join(' '), got: joinLines(lines) }
  }
  try {
    const rows: OcrRow[] = []
    for (const size of sizes) {
      const readings = await each(fonts, (font) => readText(font, size, 0))
      rows.push(toRow(`upright, ${size} px`, readings))
    }
    for (const angle of angles) {
      const readings = await each(fonts, (font) => readText(font, 32, angle))
      rows.push(toRow(`turned by ${angle}°, 32 px`, readings))
    }
    if (signs > 0) rows.push(toRow('signs of the sample', await readSigns(reader, signs)))
    return rows
  } finally {
    await reader.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export function formatOcr(rows: readonly OcrRow[]): string {
  const head =
    '| set | pictures | characters | character accuracy | pictures without a mistake |\n| --- | ---: | ---: | ---: | ---: |\n'
  const lines = rows.map(
    (row) =>
      `| ${row.set} | ${row.pictures} | ${row.characters} | ${row.characterAccuracy.toFixed(3)} | ${row.exact.toFixed(2)} |\n`,
  )
  return head + lines.join('')
}

interface Reading {
  readonly wanted: string
  readonly got: string
}

interface Reader {
  read(path: string): Promise<readonly FoundLine[]>
  close(): Promise<void>
}

async function openReader(): Promise<Reader> {
  const folder = join(bundledPacksFolder(), 'pp-ocr-v4')
  const { id, revision } = await readPackManifest(folder)
  const pool = new SessionPool({
    open: openOnnxGraph,
    devices: new DeviceChoice(['cpu'], 'cpu'),
    log: silentLog,
    budgetBytes: 1e9,
    idleMs: 600_000,
  })
  const runtime = (await pool.runtime({ folder, id, revision })) as PackRuntime<OcrPack>
  const task = createLineTask()
  const views = task.views(runtime.manifest)
  return {
    async read(path) {
      const request = { path, hash: null }
      const prepared = await preparePicture({ ...request, views })
      const [lines] = await task.run(runtime, [{ ...prepared, pixels: () => readPixels(request) }])
      return lines ?? []
    },
    close: () => pool.close(),
  }
}

async function renderText(font: string, size: number, angle: number): Promise<Buffer> {
  const side = Math.ceil(size * 14)
  const rows = LINES.map(
    (line, index) =>
      `<text x="0" y="${(index - 1) * size * 1.5}" text-anchor="middle">${line}</text>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" font-size="${size}" font-family="${font}"><rect width="100%" height="100%" fill="#e8e4d8"/><g fill="#26323a" transform="translate(${side / 2} ${side / 2}) rotate(${angle})">${rows.join('')}</g></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

interface SignRow {
  readonly file_name: string
  readonly graph: {
    readonly width: number
    readonly height: number
    readonly groups: readonly {
      readonly drawing: { readonly kind: string; readonly words?: string }
      readonly box: Box
    }[]
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Of each sign what was read with its middle inside the sign's box; other writing in the scene does not count. */
async function readSigns(reader: Reader, count: number): Promise<readonly Reading[]> {
  const truth = join(sampleFolder(), 'truth.jsonl')
  if (!existsSync(truth)) return []
  const text = await readFile(truth, 'utf8')
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SignRow)
  const readings: Reading[] = []
  for (const { file_name: name, graph } of rows) {
    const signs = graph.groups.filter(({ drawing }) => drawing.words !== undefined)
    if (signs.length === 0 || readings.length >= count) continue
    const lines = await reader.read(join(sampleFolder(), name))
    for (const { drawing, box } of signs) {
      const inside = lines.filter((line) => isInside(line, box, graph))
      readings.push({ wanted: drawing.words ?? '', got: joinLines(inside) })
    }
  }
  return readings
}

function isInside(
  { quad }: FoundLine,
  box: Box,
  scene: { readonly width: number; readonly height: number },
): boolean {
  const x = ((quad[0].x + quad[2].x) / 2) * scene.width
  const y = ((quad[0].y + quad[2].y) / 2) * scene.height
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}

function joinLines(lines: readonly FoundLine[]): string {
  return lines.map((line) => line.text).join(' ')
}

function toRow(set: string, readings: readonly Reading[]): OcrRow {
  const characters = readings.reduce((sum, { wanted }) => sum + wanted.length, 0)
  const edits = readings.reduce((sum, { wanted, got }) => sum + editDistance(wanted, got), 0)
  const exact = readings.filter(({ wanted, got }) => wanted === got).length
  return {
    set,
    pictures: readings.length,
    characters,
    characterAccuracy: Math.max(0, 1 - edits / characters),
    exact: exact / readings.length,
  }
}

async function each<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await work(item))
  return results
}

/** Levenshtein's, with one row of the table at a time. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, character] of Array.from(one).entries()) {
    const next = [index + 1]
    for (let at = 1; at <= other.length; at += 1) {
      const change = (row[at - 1] ?? 0) + (other[at - 1] === character ? 0 : 1)
      next.push(Math.min((row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
