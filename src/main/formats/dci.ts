import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isObject, textOf, type JsonObject } from './json-table.ts'
import type { FormatReader } from './format.ts'
import { kindOfPath, readHead } from './source-file.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

const SPLITS_NAME = 'splits.json'
/** `complete` has the summaries as well; the other one is what annotators wrote. */
const ANNOTATION_FOLDERS = ['complete', 'annotations'] as const
const PHOTO_FOLDER = 'photos'
/** Masks are pictures within the JSON: a few megabytes an image. */
const MAX_ANNOTATION_BYTES = 128 * 1024 * 1024
const MAX_SPLITS_BYTES = 16 * 1024 * 1024
/** The worst of the three qualities of a mask: its region is not what its text is about. */
const BAD_MASK = 2

const COLUMNS = [
  'image',
  'short_caption',
  'extra_caption',
  'summaries',
  'regions',
  'split',
] as const
const ROLES = {
  image: 'image',
  short_caption: 'alt',
  extra_caption: 'caption',
  summaries: 'proposal',
  regions: 'proposal',
  split: 'tags',
} as const

interface Annotation {
  readonly name: string
  readonly split: string | null
}

export const dciReader: FormatReader = createTableReader({
  id: 'dci',
  label: 'DCI annotations',
  description:
    'Densely captioned images: splits.json, annotations/ or complete/ with a JSON file an image, and photos/.',
  sniff: sniffDci,
  open: openDci,
  rootOf: (path) => rootOf(path),
})

async function sniffDci(path: string): Promise<number> {
  const isSplits = basename(path) === SPLITS_NAME && (await kindOfPath(path)) === 'file'
  if (!isSplits && (await kindOfPath(path)) !== 'folder') return 0
  const root = await rootOf(path)
  const folder = await findAnnotations(root)
  if (folder === null) return 0
  const [first] = await listJson(join(root, folder))
  if (first === undefined) return 0
  const head = await readHead(join(root, folder, first))
  return /"(?:short_caption|extra_caption|mask_data)"\s*:/.test(head) ? 0.95 : 0
}

async function rootOf(path: string): Promise<string> {
  return (await kindOfPath(path)) === 'folder' ? path : dirname(path)
}

async function findAnnotations(root: string): Promise<string | null> {
  for (const folder of ANNOTATION_FOLDERS) {
    if ((await kindOfPath(join(root, folder))) === 'folder') return folder
  }
  return null
}

async function listJson(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).toSorted()
}

async function openDci(path: string): Promise<TableFile> {
  const root = await rootOf(path)
  const folder = join(root, (await findAnnotations(root)) ?? ANNOTATION_FOLDERS[1])
  const annotations = await listAnnotations(root, folder)
  const sample: (readonly unknown[])[] = []
  for (const [index, annotation] of annotations.slice(0, SAMPLE_ROWS).entries()) {
    const row = await readAnnotation(folder, annotation, index + 1)
    if (row.kind === 'cells') sample.push(row.cells)
  }
  return {
    ...{ columns: COLUMNS, sample, encoding: 'UTF-8', warnings: [], roles: ROLES, base: root },
    async *rows(wanted, signal) {
      for (const [index, annotation] of annotations.entries()) {
        signal.throwIfAborted()
        const row = await readAnnotation(folder, annotation, index + 1)
        yield row.kind === 'cells'
          ? [{ ...row, cells: wanted.map(({ index: column }) => row.cells[column]) }]
          : [row]
      }
    },
  }
}

/** Those of the splits in their order, then those that no split names. */
async function listAnnotations(root: string, folder: string): Promise<readonly Annotation[]> {
  const known = new Map<string, string>()
  const splits = await readObject(join(root, SPLITS_NAME), MAX_SPLITS_BYTES)
  for (const [split, names] of Object.entries(typeof splits === 'string' ? {} : splits)) {
    for (const name of Array.isArray(names) ? (names as readonly unknown[]) : []) {
      // A name only: a path would lead elsewhere.
      if (typeof name === 'string') known.set(basename(name), split)
    }
  }
  const others = (await listJson(folder)).filter((name) => !known.has(name))
  return [
    ...Array.from(known, ([name, split]) => ({ name, split })),
    ...others.map((name) => ({ name, split: null })),
  ]
}

async function readAnnotation(
  folder: string,
  { name, split }: Annotation,
  number: number,
): Promise<TableRow> {
  const value = await readObject(join(folder, name), MAX_ANNOTATION_BYTES)
  if (typeof value === 'string') return { kind: 'error', number, item: name, message: value }
  const image = textOf(value, 'image')
  if (image === null) {
    return { kind: 'error', number, item: name, message: 'The annotation names no "image".' }
  }
  const cells = [
    `${PHOTO_FOLDER}/${image}`,
    textOf(value, 'short_caption'),
    textOf(value, 'extra_caption'),
    summariesOf(value),
    regionsOf(value),
    split,
  ]
  return { kind: 'cells', number, cells }
}

async function readObject(path: string, maxBytes: number): Promise<JsonObject | string> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true) return 'The file is not there. Fetch it, then import again.'
  if (found.size > maxBytes) return `The file has more than ${maxBytes / 1024 / 1024} MiB.`
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isObject(value) ? value : 'The file holds no JSON object.'
  } catch {
    return 'The file is not valid JSON, or may not be read.'
  }
}

/** Short texts of the whole image; those of its parts stay out. */
function summariesOf(value: JsonObject): readonly string[] {
  const { summaries } = value
  const base = isObject(summaries) ? summaries['base'] : undefined
  const texts: readonly unknown[] = Array.isArray(base) ? base : [base]
  return texts.filter((text) => typeof text === 'string' && text !== '') as string[]
}

/** What is said of each region, with its name and where it is. */
function regionsOf(value: JsonObject): readonly string[] {
  const masks = isObject(value['mask_data']) ? Object.values(value['mask_data']) : []
  return masks.flatMap((mask) => {
    if (!isObject(mask) || mask['mask_quality'] === BAD_MASK) return []
    const caption = textOf(mask, 'caption')
    if (caption === null) return []
    const label = textOf(mask, 'label')
    const place = placeOf(mask['bounds'])
    const about = [label, place === null ? null : `at ${place}`].filter((word) => word !== null)
    return [about.length === 0 ? caption : `${about.join(' ')}: ${caption}`]
  })
}

/** Two points, as the description of the data set has them, or named corners, as its code does. */
function placeOf(bounds: unknown): string | null {
  const corners: readonly unknown[] = Array.isArray(bounds)
    ? (bounds as readonly unknown[])
    : isObject(bounds)
      ? [bounds['topLeft'], bounds['bottomRight']]
      : []
  const points = corners.flatMap((corner) => {
    const pair: readonly unknown[] = Array.isArray(corner)
      ? (corner as readonly unknown[])
      : isObject(corner)
        ? [corner['x'], corner['y']]
        : []
    const [x, y] = pair
    return typeof x === 'number' && typeof y === 'number' ? [`${x},${y}`] : []
  })
  return points.length === 2 ? points.join('–') : null
}
