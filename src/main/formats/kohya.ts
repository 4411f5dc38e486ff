import { opendir } from 'node:fs/promises'
import { dirname, extname, isAbsolute, resolve } from 'node:path'
import { IMAGE_NAME } from './column-sniff.ts'
import { EmbeddedPicture } from './embedded-picture.ts'
import { createExportNames } from './export-names.ts'
import type { FormatReader, FormatWriter, WriteOptions, WriteRequest } from './format.ts'
import { readJsonElements, type JsonElement } from './json-elements.ts'
import { brokenRow, isObject, textOf } from './json-table.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { variantLines } from './sidecar-text.ts'
import { isInside } from './source-paths.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

const COLUMNS = ['image', 'caption', 'tags'] as const
const ROLES = { image: 'image', caption: 'alt', tags: 'tags' } as const
/** What the trainer keeps for itself beside pictures. */
const CACHE_NAME = 'metadata_cache.json'

export const kohyaReader: FormatReader = createTableReader({
  id: 'kohya',
  label: 'kohya metadata JSON',
  description: 'One JSON object with an entry an image, as sd-scripts makes it: caption and tags.',
  sniff: sniffKohya,
  open: openKohya,
})

async function sniffKohya(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file' || !hasExtension(path, ['json'])) return 0
  if (path.endsWith(CACHE_NAME)) return 0
  const entry = /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{\s*"(?:caption|tags|train_resolution)"\s*:/
  return entry.test(await readHead(path)) ? 0.85 : 0
}

async function openKohya(path: string, signal: AbortSignal): Promise<TableFile> {
  const folder = dirname(path)
  const names = await listPictures(folder)
  const sample: (readonly unknown[])[] = []
  for await (const row of readEntries({ path, folder, names, signal })) {
    if (row.kind === 'cells') sample.push(row.cells)
    if (sample.length >= SAMPLE_ROWS) break
  }
  return {
    ...{ columns: COLUMNS, sample, encoding: 'UTF-8', warnings: [], roles: ROLES },
    async *rows(wanted, rowSignal) {
      for await (const row of readEntries({ path, folder, names, signal: rowSignal })) {
        yield row.kind === 'cells'
          ? [{ ...row, cells: wanted.map(({ index }) => row.cells[index]) }]
          : [row]
      }
    },
  }
}

/** Names of the pictures in a folder by their stems: keys have no ending unless they are whole paths. */
export async function listPictures(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for await (const { name } of await opendir(folder)) {
    if (IMAGE_NAME.test(name)) names.set(name.slice(0, -extname(name).length), name)
  }
  return names
}

export async function* readEntries(source: {
  readonly path: string
  readonly folder: string
  readonly names: ReadonlyMap<string, string>
  readonly signal: AbortSignal
}): AsyncGenerator<TableRow> {
  let number = 0
  for await (const batch of readJsonElements(source.path, source.signal)) {
    for (const element of batch) {
      number += 1
      yield element.kind === 'broken' ? brokenRow(element) : toRow(element, number, source)
    }
  }
}

function toRow(
  element: JsonElement & { readonly kind: 'value' | 'error' },
  number: number,
  { folder, names }: { readonly folder: string; readonly names: ReadonlyMap<string, string> },
): TableRow {
  const key = element.key ?? ''
  const item = `entry "${key.slice(0, 200)}"`
  if (element.kind === 'error') return { kind: 'error', number, item, message: element.message }
  const entry = element.value
  if (!isObject(entry)) {
    return {
      kind: 'error',
      number,
      item,
      message: 'The entry is no object with a caption or tags.',
    }
  }
  const tags = textOf(entry, 'tags')
  return {
    kind: 'cells',
    number,
    cells: [pictureOf(key, folder, names), textOf(entry, 'caption'), tags],
  }
}

/** A stem, a name, or a whole path, which may be one of another machine. */
function pictureOf(
  key: string,
  folder: string,
  names: ReadonlyMap<string, string>,
): string | EmbeddedPicture {
  const isAnywhere = isAbsolute(key) || /^[A-Za-z]:[\\/]/.test(key)
  const isElsewhere = isAnywhere && !isInside(folder, resolve(key))
  const base = key.split(/[\\/]/).at(-1) ?? key
  const isName = IMAGE_NAME.test(base)
  if (isName && !isElsewhere) return key
  const found = names.get(isName ? base.slice(0, -extname(base).length) : base)
  if (found !== undefined) return found
  const message =
    'No picture beside the metadata file has this name. Put it there and import the file again.'
  return new EmbeddedPicture(`key:${key}`, null, { code: 'IMAGE_FILE_MISSING', message })
}

export const kohyaWriter: FormatWriter = {
  id: 'kohya',
  label: 'kohya metadata JSON and TOML',
  group: 'training',
  summary: 'meta.json and dataset.toml',
  description:
    'Pictures in images/, meta.json with caption and tags of each, and dataset.toml for sd-scripts.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  write: writeKohya,
}

async function writeKohya(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const lines = await openLines(request.target, 'images/meta.json')
  await lines.write('{')
  const tally = { folded: 0 }
  let count = 0
  let empty = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    if (row.textKind === 'none') {
      empty += 1
      request.onRow('skipped')
      continue
    }
    const name = nameFile(row.image)
    if (request.options.images !== 'none' && !(await placeImage(request, row, `images/${name}`))) {
      reportMissing(request, row)
      continue
    }
    const { width, height, tags } = row.image
    const entry = {
      caption: row.texts === null ? row.text : variantLines(row.texts, tally).join('\n'),
      ...(tags.length === 0 ? {} : { tags: tags.join(', ') }),
      ...(width === null || height === null ? {} : { train_resolution: [width, height] }),
    }
    const stem = name.slice(0, -extname(name).length)
    const text = JSON.stringify(entry, null, 2).replaceAll('\n', '\n  ')
    await lines.write(`${count === 0 ? '' : ','}\n  ${JSON.stringify(stem)}: ${text}`)
    count += 1
    request.onRow('done')
  }
  await lines.write('\n}\n')
  await lines.close()
  const config = await request.target.openText('dataset.toml')
  await config.write(configOf(request.options))
  await config.close()
  if (empty > 0) request.onWarning(`${empty} images have no text to write and were left out.`)
  if (tally.folded > 0)
    request.onWarning(`${tally.folded} texts had line ends, which became spaces.`)
}

/** Paths are relative to the folder that the trainer is started in. */
function configOf({ isSeveral }: WriteOptions): string {
  return `# Start sd-scripts in this folder, or put its path before both paths.
[general]
shuffle_caption = false

[[datasets]]
resolution = 1024
batch_size = 1

  [[datasets.subsets]]
  image_dir = "images"
  metadata_file = "images/meta.json"
  num_repeats = 1
${isSeveral ? '  enable_wildcard = true\n' : ''}`
}
