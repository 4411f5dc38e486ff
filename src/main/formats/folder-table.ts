import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ColumnRole } from '../../shared/domain/column-roles.ts'
import { AppError } from '../../shared/errors.ts'
import { settleColumnMap } from './column-sniff.ts'
import { openCsv, openTsv } from './delimited.ts'
import type { FormatReader, SourceEvent, SourceRequest } from './format.ts'
import { openJsonl } from './jsonl.ts'
import { hasExtension, kindOfPath } from './source-file.ts'
import { createTableReader, type TableFile } from './table-source.ts'
import { countUnlisted } from './unlisted-images.ts'

/** More tables than these in one folder: nobody could tell which of them is meant. */
const MAX_TABLES = 8
/** Rows whose pictures are looked for before a table is believed to be about the folder. */
const TRIED_ROWS = 20
const SIDECAR_ENDINGS = ['.txt', '.caption', '.cap']
const TEXT_ROLES: ReadonlySet<ColumnRole> = new Set(['alt', 'caption', 'title', 'web-caption'])

const tableReader = createTableReader({
  id: 'folder-table',
  label: 'Folder with a table',
  description: 'A folder with one CSV, TSV or JSON Lines table that names the pictures beside it.',
  sniff: async (path) => ((await findTables(path).catch(() => [])).length === 1 ? 0.65 : 0),
  open: openOnlyTable,
})

/** Somebody who chooses the folder of such a set wants its texts, not its pictures alone. */
export const folderTableReader: FormatReader = { ...tableReader, read: readFolderTable }

async function* readFolderTable(request: SourceRequest): AsyncGenerator<SourceEvent> {
  const listed = new Set<string>()
  for await (const event of tableReader.read(request)) {
    if (event.kind === 'record') listed.add(event.record.locator)
    yield event
  }
  const unlisted = await countUnlisted(request.path, listed, request.signal)
  if (unlisted === 0) return
  const message = `${unlisted} image files are in the folder, but in no row of the table; they were left out. Import the folder as "folder" to take all of them.`
  yield { kind: 'warning', message }
}

async function openOnlyTable(path: string, signal: AbortSignal): Promise<TableFile> {
  const [first, ...others] = await findTables(path)
  if (first === undefined || others.length > 0) {
    const found = first === undefined ? 'none' : `${others.length + 1} such tables`
    throw new AppError(
      'SOURCE_FORMAT_UNKNOWN',
      `Expected one table in the folder that names pictures beside it and has a text for each, but found ${found}. Import the table itself, or the folder as "folder".`,
    )
  }
  return openTable(join(path, first), signal)
}

/** Names of the tables right in a folder that name pictures which are there, and have texts for them. */
async function findTables(path: string): Promise<readonly string[]> {
  if ((await kindOfPath(path)) !== 'folder') return []
  const names = (await readdir(path)).filter((name) =>
    hasExtension(name, ['jsonl', 'ndjson', 'csv', 'tsv']),
  )
  if (names.length > MAX_TABLES) return []
  const found: string[] = []
  for (const name of names.sort()) {
    const table = await openTable(join(path, name), AbortSignal.timeout(5_000)).catch(() => null)
    if (table !== null && (await isAboutFolder(path, table))) found.push(name)
  }
  return found
}

async function isAboutFolder(folder: string, table: TableFile): Promise<boolean> {
  const map = settleColumnMap({ columns: table.columns, rows: table.sample }, {})
  const image = table.columns.findIndex((name) => map[name] === 'image')
  if (image < 0 || !Object.values(map).some((role) => TEXT_ROLES.has(role))) return false
  const names = table.sample
    .slice(0, TRIED_ROWS)
    .map((cells) => cells[image])
    .filter((cell) => typeof cell === 'string')
  const present = await Promise.all(names.map((name) => isFile(join(folder, name))))
  if (names.length === 0 || present.filter(Boolean).length * 2 < names.length) return false
  // Pictures with texts of their own beside them are what the folder reader is for.
  const [first = ''] = names
  const stem = first.replace(/\.[^.]+$/, '')
  const sidecars = SIDECAR_ENDINGS.map((ending) => isFile(join(folder, stem + ending)))
  return !(await Promise.all(sidecars)).includes(true)
}

async function isFile(path: string): Promise<boolean> {
  return (await kindOfPath(path).catch(() => 'absent')) === 'file'
}

function openTable(path: string, signal: AbortSignal): Promise<TableFile> {
  if (hasExtension(path, ['csv'])) return openCsv(path, signal)
  return hasExtension(path, ['tsv']) ? openTsv(path, signal) : openJsonl(path, signal)
}
