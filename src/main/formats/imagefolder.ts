import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { settleColumnMap } from './column-sniff.ts'
import { openCsv } from './delimited.ts'
import type { FormatReader, SourceEvent, SourceRequest } from './format.ts'
import { openJsonl } from './jsonl.ts'
import { openParquet } from './parquet.ts'
import { kindOfPath, sourceError } from './source-file.ts'
import type { TableFile } from './table-source.ts'
import { previewTable, readTable } from './table-source.ts'
import { countUnlisted } from './unlisted-images.ts'

const METADATA_NAMES = ['metadata.jsonl', 'metadata.csv', 'metadata.parquet'] as const
type MetadataName = (typeof METADATA_NAMES)[number]

interface MetadataFile {
  /** Folder of the file: absolute, and relative to the source with forward slashes. */
  readonly folder: string
  readonly locator: string
  readonly name: MetadataName
  readonly others: readonly MetadataName[]
}

export const imagefolderReader: FormatReader = {
  id: 'imagefolder',
  label: 'Hugging Face imagefolder',
  description:
    'A folder with metadata.jsonl, .csv or .parquet, in it or in split folders such as train.',
  async sniff(path) {
    if ((await kindOfPath(path)) !== 'folder') return 0
    const found = await findMetadata(path).catch(() => [])
    return found.length === 0 ? 0 : 0.9
  },
  async preview({ path, map, limit, signal }) {
    const [first] = await findReadable(path)
    const table = await openMetadata(first, signal)
    const settled = settleMetadataMap(first, table, map)
    const records = readTable({ table, map: settled, root: path, base: first.folder, signal })
    return previewTable({ table, map: settled, records, limit })
  },
  read: readImagefolder,
}

async function* readImagefolder({ path, map, signal }: SourceRequest): AsyncGenerator<SourceEvent> {
  const files = await findReadable(path)
  // Grows with the data set, by one short name an image: the only way to tell which files no row names.
  const listed = new Set<string>()
  for (const file of files) {
    if (file.others.length > 0)
      yield {
        kind: 'warning',
        message: `${nameOf(file)} was read; ${file.others.join(' and ')} beside it was not.`,
      }
    const table = await openMetadata(file, signal)
    const settled = settleMetadataMap(file, table, map)
    for await (const event of readTable({
      table,
      map: settled,
      root: path,
      base: file.folder,
      signal,
    })) {
      if (event.kind === 'record') listed.add(event.record.locator)
      yield event.kind === 'error' ? { ...event, item: `${nameOf(file)}, ${event.item}` } : event
    }
  }
  const unlisted = await countUnlisted(path, listed, signal)
  if (unlisted > 0) {
    const message = `${unlisted} image files are in the folder, but in no row of the metadata; they were left out, as the format says.`
    yield { kind: 'warning', message }
  }
}

function settleMetadataMap(
  file: MetadataFile,
  table: TableFile,
  explicit: SourceRequest['map'],
): SourceRequest['map'] {
  const map = settleColumnMap({ columns: table.columns, rows: table.sample }, explicit)
  if (table.columns.length === 0 || Object.values(map).includes('image')) return map
  throw new AppError(
    'MAPPING_INVALID',
    `${nameOf(file)} needs a column "file_name" that names each image, but has ${table.columns.map((name) => `"${name}"`).join(', ')}. Map a column as "image".`,
    { data: { columns: table.columns } },
  )
}

function openMetadata(file: MetadataFile, signal: AbortSignal): Promise<TableFile> {
  const path = join(file.folder, file.name)
  switch (file.name) {
    case 'metadata.jsonl':
      return openJsonl(path, signal)
    case 'metadata.csv':
      return openCsv(path, signal)
    case 'metadata.parquet':
      return openParquet(path, signal)
  }
}

/** At least one metadata file, else an error that says what was looked for. */
async function findReadable(root: string): Promise<readonly [MetadataFile, ...MetadataFile[]]> {
  const [first, ...rest] = await findMetadata(root)
  if (first !== undefined) return [first, ...rest]
  throw new AppError(
    'SOURCE_FORMAT_UNKNOWN',
    'Neither the folder nor a folder in it holds metadata.jsonl, .csv or .parquet. Import it as "folder" to take all images.',
  )
}

/** Metadata files of the root, of the folders in it, and of those in a folder called `data`, sorted. */
async function findMetadata(root: string): Promise<readonly MetadataFile[]> {
  const names = await listFolders(root)
  const deeper = names.includes('data') ? await listFolders(join(root, 'data')) : []
  const locators = ['', ...names, ...deeper.map((name) => `data/${name}`)].sort()
  const files: MetadataFile[] = []
  for (const locator of locators) {
    const folder = join(root, locator)
    const present: MetadataName[] = []
    for (const name of METADATA_NAMES) {
      if ((await kindOfPath(join(folder, name))) === 'file') present.push(name)
    }
    const [name, ...others] = present
    if (name !== undefined) files.push({ folder, locator, name, others })
  }
  return files
}

/** Names of the folders in a folder, without following links, hidden ones left out. */
async function listFolders(path: string): Promise<readonly string[]> {
  const names: string[] = []
  try {
    for await (const entry of await opendir(path)) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) names.push(entry.name)
    }
  } catch (error) {
    throw sourceError(path, error)
  }
  return names.sort()
}

function nameOf(file: MetadataFile): string {
  return file.locator === '' ? file.name : `${file.locator}/${file.name}`
}
