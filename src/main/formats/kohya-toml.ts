import { readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parse } from 'smol-toml'
import { AppError } from '../../shared/errors.ts'
import type { FormatReader } from './format.ts'
import { isObject, textOf, type JsonObject } from './json-table.ts'
import { listPictures, readEntries } from './kohya.ts'
import { hasExtension, kindOfPath, readHead, sourceError } from './source-file.ts'
import { isInside } from './source-paths.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

const COLUMNS = ['image', 'caption', 'tags'] as const
const ROLES = { image: 'image', caption: 'alt', tags: 'tags' } as const
const MAX_TOML_BYTES = 1024 * 1024
const MAX_CAPTION_BYTES = 1024 * 1024
/** What sd-scripts takes where the file does not say it. */
const CAPTION_EXTENSION = '.caption'

interface Subset {
  readonly folder: string
  readonly metadata: string | null
  readonly captionExtension: string
  /** Stands for the caption of pictures that have none. */
  readonly classTokens: string | null
}

export const kohyaTomlReader: FormatReader = createTableReader({
  id: 'kohya-toml',
  label: 'kohya data set TOML',
  description:
    'The configuration of sd-scripts: its subsets, with their metadata files or the captions beside the pictures.',
  sniff: async (path) => {
    if ((await kindOfPath(path)) !== 'file' || !hasExtension(path, ['toml'])) return 0
    return /^\s*image_dir\s*=/m.test(await readHead(path)) ? 0.85 : 0
  },
  open: openToml,
})

async function openToml(path: string, signal: AbortSignal): Promise<TableFile> {
  const root = dirname(path)
  const { subsets, warnings } = readSubsets(await parseToml(path), root)
  const sample: (readonly unknown[])[] = []
  for await (const row of readRows(subsets, root, signal)) {
    if (row.kind === 'cells') sample.push(row.cells)
    if (sample.length >= SAMPLE_ROWS) break
  }
  return {
    ...{ columns: COLUMNS, sample, encoding: 'UTF-8', warnings, roles: ROLES, base: root },
    async *rows(wanted, rowSignal) {
      for await (const row of readRows(subsets, root, rowSignal)) {
        yield row.kind === 'cells'
          ? [{ ...row, cells: wanted.map(({ index }) => row.cells[index]) }]
          : [row]
      }
    },
  }
}

async function parseToml(path: string): Promise<JsonObject> {
  const found = await stat(path).catch(() => null)
  if (found !== null && found.size > MAX_TOML_BYTES) {
    throw new AppError('SOURCE_UNREADABLE', 'A configuration of at most 1 MiB was expected.')
  }
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw sourceError(path, error)
  })
  try {
    return parse(text)
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new AppError('SOURCE_UNREADABLE', `The file is no valid TOML: ${reason}`, {
      cause: error,
    })
  }
}

/** Paths are relative to where the trainer is started; that is taken to be the folder of the file. */
function readSubsets(
  config: JsonObject,
  root: string,
): { readonly subsets: readonly Subset[]; readonly warnings: readonly string[] } {
  const subsets: Subset[] = []
  const warnings: string[] = []
  const general = isObject(config['general']) ? config['general'] : {}
  for (const dataset of listOf(config['datasets'])) {
    for (const subset of listOf(dataset['subsets'])) {
      const of = (name: string): string | null =>
        textOf(subset, name) ?? textOf(dataset, name) ?? textOf(general, name)
      const given = textOf(subset, 'image_dir')
      const metadata = textOf(subset, 'metadata_file')
      const folder = resolve(root, given ?? dirname(metadata ?? ''))
      const file = metadata === null ? null : resolve(root, metadata)
      if (!isInside(root, folder) || (file !== null && !isInside(root, file))) {
        warnings.push(
          `The subset "${(given ?? metadata ?? '').slice(0, 200)}" lies outside of the folder of the file and was left out. Put the file above its pictures.`,
        )
        continue
      }
      subsets.push({
        ...{ folder, metadata: file, classTokens: of('class_tokens') },
        captionExtension: of('caption_extension') ?? CAPTION_EXTENSION,
      })
    }
  }
  return { subsets, warnings }
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : []
}

async function* readRows(
  subsets: readonly Subset[],
  root: string,
  signal: AbortSignal,
): AsyncGenerator<TableRow> {
  let number = 0
  for (const subset of subsets) {
    signal.throwIfAborted()
    if ((await kindOfPath(subset.folder)) !== 'folder') {
      number += 1
      const item = nameIn(root, subset.folder)
      yield { kind: 'error', number, item, message: 'There is no such folder of pictures.' }
      continue
    }
    for await (const row of readSubset(subset, signal)) {
      number += 1
      yield row.kind === 'cells'
        ? { ...row, number, cells: [inRoot(row.cells[0], subset, root), ...row.cells.slice(1)] }
        : row
    }
  }
}

async function* readSubset(subset: Subset, signal: AbortSignal): AsyncGenerator<TableRow> {
  const { folder, metadata } = subset
  const names = await listPictures(folder)
  if (metadata !== null) {
    yield* readEntries({ path: metadata, folder, names, signal })
    return
  }
  for (const [stem, name] of [...names].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    signal.throwIfAborted()
    const caption = await readCaption(join(folder, `${stem}${subset.captionExtension}`))
    yield { kind: 'cells', number: 0, cells: [name, caption ?? subset.classTokens, null] }
  }
}

/** Null where there is none, or one that is no caption. */
async function readCaption(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true || found.size > MAX_CAPTION_BYTES) return null
  const text = await readFile(path, 'utf8').catch(() => null)
  return text?.replace(/\r?\n$/, '') ?? null
}

/** Names in a subset are relative to its folder. */
function inRoot(image: unknown, { folder }: Subset, root: string): unknown {
  return typeof image === 'string' ? nameIn(root, resolve(folder, image)) : image
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/')
}
