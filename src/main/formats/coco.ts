import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readStretch } from '../base/file-slices.ts'
import { createExportNames } from './export-names.ts'
import type { ExportRow, ExportText, FormatReader, FormatWriter, WriteRequest } from './format.ts'
import { readJsonElements, type JsonElement } from './json-elements.ts'
import { brokenRow, isObject, textOf, type JsonObject } from './json-table.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

const COLUMNS = ['file_name', 'captions', 'caption', 'alt', 'url', 'id'] as const
const ROLES = {
  file_name: 'image',
  captions: 'alt',
  caption: 'caption',
  alt: 'alt',
  url: 'url',
  id: 'id',
} as const
const MAX_REPORTED = 1_000
const WRITTEN = 'annotations/captions.json'

export const cocoReader: FormatReader = createTableReader({
  id: 'coco',
  label: 'COCO captions',
  description: 'A JSON document with "images" and "annotations"; several captions an image.',
  sniff: sniffCoco,
  open: openCoco,
  rootOf: (path) => Promise.resolve(rootOf(path)),
})

async function sniffCoco(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file' || !hasExtension(path, ['json'])) return 0
  const head = await readHead(path)
  if (/"subreddit"\s*:/.test(head)) return 0
  const isCoco = /"image_id"\s*:/.test(head) && /"caption"\s*:/.test(head)
  return isCoco ||
    /"(?:coco_url|flickr_url|licenses)"\s*:/.test(head) ||
    /"images"\s*:\s*\[\s*\{/.test(head)
    ? 0.85
    : 0
}

/** Annotations lie in a folder of that name, beside the folders of the pictures. */
function rootOf(path: string): string {
  const folder = dirname(path)
  return basename(folder) === 'annotations' ? dirname(folder) : folder
}

async function openCoco(path: string, signal: AbortSignal): Promise<TableFile> {
  const sample: (readonly unknown[])[] = []
  for await (const rows of readCoco(path, signal)) {
    for (const row of rows) if (row.kind === 'cells') sample.push(row.cells)
    if (sample.length >= SAMPLE_ROWS) break
  }
  const names = sample.flatMap(([name]) => (typeof name === 'string' ? [name] : []))
  return {
    columns: COLUMNS,
    sample,
    encoding: 'UTF-8',
    warnings: [],
    roles: ROLES,
    base: await findPictureFolder(path, names),
    async *rows(wanted, rowSignal) {
      for await (const rows of readCoco(path, rowSignal)) {
        yield rows.map((row) =>
          row.kind === 'cells'
            ? { ...row, cells: wanted.map(({ index }) => row.cells[index]) }
            : row,
        )
      }
    },
  }
}

/** Names are relative to a folder that the file does not tell: the first of the usual ones that has a picture. */
async function findPictureFolder(path: string, names: readonly string[]): Promise<string> {
  const root = rootOf(path)
  const split = basename(path, '.json').split('_').at(-1) ?? ''
  const usual = [
    '',
    'images',
    `images/${split}`,
    split,
    'train2017',
    'val2017',
    'train2014',
    'val2014',
    'data',
  ]
  for (const folder of [dirname(path), ...usual.map((name) => join(root, name))]) {
    for (const name of names.slice(0, 5)) {
      if ((await kindOfPath(join(folder, name))) === 'file') return folder
    }
  }
  return root
}

/** Where the annotations of each image are in the file, in a few bytes each: texts are read when they are needed. */
class AnnotationIndex {
  readonly #places = new Map<number, number[]>()

  add(imageId: number, offset: number, sizeBytes: number): void {
    const places = this.#places.get(imageId)
    if (places === undefined) this.#places.set(imageId, [offset, sizeBytes])
    else places.push(offset, sizeBytes)
  }

  /** Offsets and sizes, one after the other; they are forgotten. */
  take(imageId: number): readonly number[] {
    const places = this.#places.get(imageId) ?? []
    this.#places.delete(imageId)
    return places
  }

  /** Images that nobody asked for. */
  get rest(): Iterable<number> {
    return this.#places.keys()
  }
}

async function* readCoco(path: string, signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
  const index = new AnnotationIndex()
  yield await indexAnnotations(path, signal, index)
  const file = await open(path, 'r')
  try {
    for await (const batch of readJsonElements(path, signal, (key) => key === 'images')) {
      const rows: TableRow[] = []
      for (const element of batch) {
        // The first pass has told of a cut already.
        if (element.kind !== 'broken') rows.push(await imageRow(element, index, file))
      }
      yield rows
    }
  } finally {
    await file.close()
  }
  yield danglingRows(index)
}

async function indexAnnotations(
  path: string,
  signal: AbortSignal,
  index: AnnotationIndex,
): Promise<readonly TableRow[]> {
  const errors: TableRow[] = []
  for await (const batch of readJsonElements(path, signal, (key) => key === 'annotations')) {
    for (const element of batch) {
      if (element.kind === 'broken') errors.push(brokenRow(element))
      else {
        const problem = addAnnotation(element, index)
        if (problem !== null && errors.length < MAX_REPORTED) errors.push(problem)
      }
    }
  }
  return errors
}

function addAnnotation(
  element: JsonElement & { readonly kind: 'value' | 'error' },
  index: AnnotationIndex,
): TableRow | null {
  const number = (element.index ?? 0) + 1
  const item = `annotation ${number}`
  if (element.kind === 'error') return { kind: 'error', number, item, message: element.message }
  const { value } = element
  const imageId = isObject(value) ? value['image_id'] : undefined
  if (typeof imageId !== 'number') {
    return {
      kind: 'error',
      number,
      item,
      message: 'The annotation has no "image_id" that is a number.',
    }
  }
  index.add(imageId, element.offset, element.sizeBytes)
  return null
}

async function imageRow(
  element: JsonElement & { readonly kind: 'value' | 'error' },
  index: AnnotationIndex,
  file: Awaited<ReturnType<typeof open>>,
): Promise<TableRow> {
  const number = (element.index ?? 0) + 1
  if (element.kind === 'error') return { kind: 'error', number, message: element.message }
  const image = element.value
  if (!isObject(image) || typeof image['id'] !== 'number') {
    return { kind: 'error', number, message: 'The image has no "id" that is a number.' }
  }
  const places = index.take(image['id'])
  const captions: string[] = []
  let caption: string | null = null
  for (let at = 0; at < places.length; at += 2) {
    const bytes = await readStretch(file, places[at] ?? 0, places[at + 1] ?? 0)
    const annotation: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    const text = isObject(annotation) ? textOf(annotation, 'caption') : null
    if (text === null) continue
    // What Realign wrote says which text is the caption that somebody made.
    if (isObject(annotation) && annotation['role'] === 'caption') caption = text
    else captions.push(text)
  }
  const alt = Array.isArray(image['alt']) ? image['alt'] : []
  const url = textOf(image, 'coco_url') ?? textOf(image, 'flickr_url')
  // A text that is there under `alt` is not another one.
  const others = captions.filter((text) => !alt.includes(text))
  return {
    kind: 'cells',
    number,
    cells: [image['file_name'], others, caption, alt, url, image['id']],
  }
}

function danglingRows(index: AnnotationIndex): readonly TableRow[] {
  const rows: TableRow[] = []
  let others = 0
  for (const imageId of index.rest) {
    if (rows.length >= MAX_REPORTED) others += 1
    else {
      const message = `Annotations name the image ${imageId}, which is not among the images. They were left out.`
      rows.push({ kind: 'error', number: 0, item: `image ${imageId}`, message })
    }
  }
  const message = `Annotations of ${others} further images that are not there were left out.`
  return others === 0 ? rows : [...rows, { kind: 'warning', message }]
}

export const cocoWriter: FormatWriter = {
  id: 'coco',
  label: 'COCO captions',
  group: 'annotation',
  summary: 'annotations/captions.json',
  description: 'Pictures in images/ and annotations/captions.json, as pycocotools reads them.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  write: writeCoco,
}

async function writeCoco(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  // Annotations follow the images in the file, but come with them: they wait in a file of their own.
  const images = await openLines(request.target, `${WRITTEN}.images`)
  const annotations = await openLines(request.target, `${WRITTEN}.annotations`)
  const info = { description: 'Exported by Realign', version: '1.0' }
  await images.write(`{"info":${JSON.stringify(info)},"licenses":[],"images":[`)
  await annotations.write('],"annotations":[')
  let imageId = 0
  let annotationId = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const name = nameFile(row.image)
    if (request.options.images !== 'none' && !(await placeImage(request, row, `images/${name}`))) {
      reportMissing(request, row)
      continue
    }
    const isFirst = imageId === 0
    imageId += 1
    await images.write(`${isFirst ? '' : ','}\n${JSON.stringify(imageEntry(row, name, imageId))}`)
    for (const { role, text, round } of textsOf(row)) {
      annotationId += 1
      const entry = { id: annotationId, image_id: imageId, caption: text, role, round }
      await annotations.write(`${annotationId === 1 ? '' : ','}\n${JSON.stringify(entry)}`)
    }
    request.onRow('done')
  }
  await annotations.write('\n]}\n')
  await images.close()
  await annotations.close()
  await request.target.concatenate([`${WRITTEN}.images`, `${WRITTEN}.annotations`], WRITTEN)
}

/** The round of a text is that of the image where it is no caption. */
function textsOf(row: ExportRow): readonly ExportText[] {
  if (row.texts !== null) return row.texts
  const { text, textKind } = row
  return textKind === 'none' ? [] : [{ role: textKind, text, round: row.image.round }]
}

/** Readers take the keys that they know; `alt` keeps what the web said. */
function imageEntry({ image, url }: ExportRow, name: string, id: number): JsonObject {
  return {
    id,
    file_name: name,
    width: image.width ?? 0,
    height: image.height ?? 0,
    ...(url === null ? {} : { coco_url: url }),
    alt: image.alts.map(({ text }) => text),
  }
}
