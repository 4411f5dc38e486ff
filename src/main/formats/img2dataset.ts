import { opendir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { IMAGE_NAME } from './column-sniff.ts'
import { EmbeddedPicture } from './embedded-picture.ts'
import type { FormatReader, SourceEvent } from './format.ts'
import { isTooDeep } from './json-depth.ts'
import { openParquet } from './parquet.ts'
import { kindOfPath } from './source-file.ts'
import {
  createTableReader,
  SAMPLE_ROWS,
  type TableFile,
  type TableRow,
  type WantedColumns,
} from './table-source.ts'
import { findPictureMember, readTarSamples } from './tar-samples.ts'
import { openWebdataset } from './webdataset.ts'

/** One shard, by its number: what of it is there. */
interface Shard {
  readonly id: string
  readonly folder: string
  readonly kind: 'tar' | 'files' | 'table'
  /** The list of all rows, failed ones too; for the kind `table` it has the pictures as well. */
  readonly hasTable: boolean
}

/** A row of a shard's list by its columns. */
type ListedRow = Readonly<Record<string, unknown>>

const PICTURE_COLUMN = 'image'
const SHARD_NAME = /^(\d{5,})(\.tar|\.parquet|_stats\.json)?$/

export const img2datasetReader: FormatReader = createTableReader({
  id: 'img2dataset',
  label: 'img2dataset output',
  description:
    'Shards that img2dataset downloaded, as tar archives, folders of files or Parquet; failed downloads are listed too.',
  sniff: async (path) => ((await listShards(path)).isCertain ? 0.95 : 0),
  open: openImg2dataset,
})

/** Shards in a folder, sorted by number. Certain where the statistics of a shard lie beside it. */
async function listShards(
  path: string,
): Promise<{ readonly shards: readonly Shard[]; readonly isCertain: boolean }> {
  if ((await kindOfPath(path)) !== 'folder') return { shards: [], isCertain: false }
  const endings = new Map<string, Set<string>>()
  for await (const entry of await opendir(path).catch(() => [])) {
    const found = SHARD_NAME.exec(entry.name)
    const id = found?.[1]
    if (id === undefined) continue
    const known = endings.get(id) ?? new Set()
    endings.set(id, known.add(found?.[2] ?? '/'))
  }
  const shards = [...endings]
    .sort(([left], [right]) => (left.padStart(20, '0') < right.padStart(20, '0') ? -1 : 1))
    .flatMap(([id, found]): Shard[] => {
      const hasTable = found.has('.parquet')
      if (found.has('.tar')) return [{ id, folder: path, kind: 'tar', hasTable }]
      if (found.has('/')) return [{ id, folder: path, kind: 'files', hasTable }]
      return hasTable ? [{ id, folder: path, kind: 'table', hasTable }] : []
    })
  const isCertain = shards.some(({ id }) => endings.get(id)?.has('_stats.json') === true)
  return { shards, isCertain }
}

async function openImg2dataset(path: string, signal: AbortSignal): Promise<TableFile> {
  const { shards } = await listShards(path)
  const [first] = shards
  if (first === undefined) {
    throw new AppError(
      'SOURCE_UNREADABLE',
      'The folder holds no shards as img2dataset names them (00000.tar, 00000/ or 00000.parquet).',
    )
  }
  const table = await openShard(first, signal)
  return {
    ...table,
    rows: (wanted, rowSignal) => readShards(shards, wanted, rowSignal),
  }
}

async function* readShards(
  shards: readonly Shard[],
  wanted: WantedColumns,
  signal: AbortSignal,
): AsyncGenerator<readonly TableRow[]> {
  for (const shard of shards) {
    try {
      const table = await openShard(shard, signal)
      // A shard in which nothing failed may lack columns that others have.
      yield* table.rows(wanted, signal)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { code, message } = error
      yield [{ kind: 'error', number: 0, item: shard.id, code, message }]
    }
  }
}

async function openShard(shard: Shard, signal: AbortSignal): Promise<TableFile> {
  if (!shard.hasTable) {
    return shard.kind === 'tar'
      ? openWebdataset(join(shard.folder, `${shard.id}.tar`), signal)
      : openFiles(shard, signal)
  }
  const list = await openParquet(join(shard.folder, `${shard.id}.parquet`), signal)
  const hasPictures = list.sample.some((row) => row.some((cell) => cell instanceof EmbeddedPicture))
  if (hasPictures) return list
  const columns = [PICTURE_COLUMN, ...list.columns.filter((name) => name !== PICTURE_COLUMN)]
  return {
    ...list,
    columns,
    sample: list.sample.map((cells) => {
      const row = Object.fromEntries(list.columns.map((name, index) => [name, cells[index]]))
      return columns.map((name) =>
        name === PICTURE_COLUMN
          ? new EmbeddedPicture(`${shard.id}/${keyOf(row)}`, null)
          : row[name],
      )
    }),
    rows: (wanted, rowSignal) => joinRows({ shard, list, wanted, signal: rowSignal }),
  }
}

/** The rows of the list, each with its picture or why it has none. */
async function* joinRows(options: {
  readonly shard: Shard
  readonly list: TableFile
  readonly wanted: WantedColumns
  readonly signal: AbortSignal
}): AsyncGenerator<readonly TableRow[]> {
  const { shard, list, wanted, signal } = options
  const troubles: TableRow[] = []
  const pictures = await findPictures(shard, signal, (event) =>
    troubles.push(event.kind === 'error' ? { number: 0, ...event } : event),
  )
  yield troubles
  // What a row needs besides what is wanted of it: its name, and whether it failed.
  const asked = list.columns.map((name, index) => ({ name, index }))
  const failures = new Map<string, number>()
  let rows = 0
  for await (const batch of list.rows(asked, signal)) {
    yield batch.map((row): TableRow => {
      if (row.kind !== 'cells') return row
      rows += 1
      const listed = Object.fromEntries(asked.map(({ name }, index) => [name, row.cells[index]]))
      const failure = describeFailure(listed)
      if (failure !== null) failures.set(failure, (failures.get(failure) ?? 0) + 1)
      const picture = pictureOf({ shard, key: keyOf(listed), failure, pictures })
      const cells = wanted.map(({ name }) => (name === PICTURE_COLUMN ? picture : listed[name]))
      return { kind: 'cells', number: row.number, cells }
    })
  }
  if (failures.size > 0) yield [{ kind: 'warning', message: summarise(shard.id, rows, failures) }]
}

/** Files alone: each picture with the JSON of its row beside it. */
async function openFiles(shard: Shard, signal: AbortSignal): Promise<TableFile> {
  const pictures = await findPictures(shard, signal, () => {})
  const keys = [...pictures.keys()].sort()
  const readRow = async (key: string): Promise<ListedRow> => {
    const text = await readFile(join(shard.folder, shard.id, `${key}.json`), 'utf8').catch(
      () => '{}',
    )
    const parsed: unknown = JSON.parse(text)
    const listed = isTooDeep(parsed) ? {} : parsed
    const picture = pictureOf({ shard, key, failure: null, pictures })
    return { ...(typeof listed === 'object' ? listed : {}), key, [PICTURE_COLUMN]: picture }
  }
  const sample = await Promise.all(
    keys.slice(0, SAMPLE_ROWS).map((key) => readRow(key).catch(() => null)),
  )
  const rows = sample.filter((row) => row !== null)
  const columns = [...new Set([PICTURE_COLUMN, ...rows.flatMap((row) => Object.keys(row))])]
  return {
    columns,
    sample: rows.map((row) => columns.map((name) => row[name])),
    encoding: 'UTF-8',
    warnings: [],
    rows: async function* (wanted, rowSignal) {
      for (const [index, key] of keys.entries()) {
        rowSignal.throwIfAborted()
        const row = await readRow(key).catch(() => null)
        const number = index + 1
        yield row === null
          ? [
              {
                kind: 'error',
                number,
                item: `${shard.id}/${key}.json`,
                message: 'The file is not valid JSON.',
              },
            ]
          : [{ kind: 'cells', number, cells: wanted.map(({ name }) => row[name]) }]
      }
    },
  }
}

type Picture = { readonly locator: string; readonly address: string } | { readonly file: string }

/** What pictures a shard holds, by their keys. */
async function findPictures(
  shard: Shard,
  signal: AbortSignal,
  onTrouble: (event: Exclude<SourceEvent, { kind: 'record' }>) => void,
): Promise<ReadonlyMap<string, Picture>> {
  const pictures = new Map<string, Picture>()
  if (shard.kind === 'files') {
    for await (const { name } of await opendir(join(shard.folder, shard.id))) {
      const file = `${shard.id}/${name}`
      if (IMAGE_NAME.test(name)) pictures.set(name.slice(0, -extname(name).length), { file })
    }
    return pictures
  }
  const name = `${shard.id}.tar`
  const samples = readTarSamples({ path: join(shard.folder, name), locator: name, signal })
  for await (const event of samples) {
    if (event.kind !== 'sample') onTrouble(event)
    else {
      const member = findPictureMember(event.sample)
      if (member === undefined) continue
      const locator = `${name}/${member.name}`
      pictures.set(event.sample.key, { locator, address: event.shard.addressOf(member) })
    }
  }
  return pictures
}

function pictureOf(row: {
  readonly shard: Shard
  readonly key: string
  readonly failure: string | null
  readonly pictures: ReadonlyMap<string, Picture>
}): EmbeddedPicture | string {
  const found = row.pictures.get(row.key)
  if (found !== undefined) {
    // A name is checked like all names of files; the archive's own were.
    return 'file' in found ? found.file : new EmbeddedPicture(found.locator, found.address)
  }
  const message =
    row.failure === null
      ? 'The list of the shard says that the download succeeded, but the picture is not in the shard.'
      : `img2dataset could not get the picture: ${row.failure}. Its texts are here; put the picture into the shard and import it again.`
  const problem = { code: 'IMAGE_FILE_MISSING', message } as const
  const place = row.shard.kind === 'tar' ? `${row.shard.id}.tar` : row.shard.id
  return new EmbeddedPicture(`${place}/${row.key}`, null, problem)
}

function keyOf(row: ListedRow): string {
  const key = row['key']
  return typeof key === 'string' || typeof key === 'number' ? String(key) : ''
}

/** Null for a row whose picture was stored. */
function describeFailure(row: ListedRow): string | null {
  const { status, error_message: reason } = row
  if (status === 'success' || typeof status !== 'string') return null
  return typeof reason === 'string' && reason !== '' ? reason.slice(0, 200) : status
}

function summarise(id: string, rows: number, failures: ReadonlyMap<string, number>): string {
  const counts = [...failures].sort(([, left], [, right]) => right - left)
  const failed = counts.reduce((sum, [, count]) => sum + count, 0)
  const shown = counts.slice(0, 3).map(([reason, count]) => `${count} × ${reason}`)
  return `Shard ${id}: ${failed} of ${rows} downloads failed (${shown.join('; ')}). Their texts were imported without pictures.`
}
