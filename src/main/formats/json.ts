import { AppError } from '../../shared/errors.ts'
import type { FormatReader } from './format.ts'
import { elementsOf, isObject, openJsonTable } from './json-table.ts'
import { readJsonElements } from './json-elements.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

/** The members under which documents keep their records, and SBU its two lists side by side. */
const LIST_NAMES = ['data', 'rows', 'records', 'items', 'annotations', 'images']
const SBU_LISTS = ['image_urls', 'captions'] as const

export const jsonReader: FormatReader = createTableReader({
  id: 'json',
  label: 'JSON document',
  description:
    'One JSON list of objects, alone or as a member such as "data"; also the two lists of SBU captions.',
  sniff: sniffJson,
  open: openJson,
})

async function sniffJson(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file' || !hasExtension(path, ['json'])) return 0
  return /^\s*(?:\[\s*\{|\{\s*"[^"]+"\s*:)/.test(await readHead(path)) ? 0.5 : 0
}

async function openJson(path: string, signal: AbortSignal): Promise<TableFile> {
  const head = await readHead(path)
  if (head.trimStart().startsWith('[')) return openJsonTable({ path, signal, list: null })
  const list = await findList(path, signal)
  if (list === 'sbu') return openParallelLists(path, signal)
  if (list !== null) return openJsonTable({ path, signal, list })
  throw new AppError(
    'SOURCE_UNREADABLE',
    `A list of objects was expected, alone or as a member called ${LIST_NAMES.map((name) => `"${name}"`).join(', ')}. Write the records so, or one a line (JSONL).`,
  )
}

/** The first member that is a list of records. */
async function findList(path: string, signal: AbortSignal): Promise<string | null> {
  const isCandidate = (key: string | null): boolean =>
    key !== null && (LIST_NAMES.includes(key) || SBU_LISTS.some((name) => name === key))
  for await (const batch of readJsonElements(path, signal, isCandidate)) {
    for (const element of batch) {
      if (element.kind === 'broken' || element.key === null) return null
      if (SBU_LISTS.some((name) => name === element.key)) return 'sbu'
      if (element.kind === 'value' && element.index !== null && isObject(element.value))
        return element.key
    }
  }
  return null
}

/** Two lists of equal length, read side by side, each with a view of the file of its own. */
async function openParallelLists(path: string, signal: AbortSignal): Promise<TableFile> {
  const sample: (readonly unknown[])[] = []
  for await (const row of zipLists(path, signal)) {
    if (row.kind === 'cells') sample.push(row.cells)
    if (sample.length >= SAMPLE_ROWS) break
  }
  return {
    columns: ['image_url', 'caption'],
    sample,
    encoding: 'UTF-8',
    warnings: [],
    roles: { image_url: 'url', caption: 'alt' },
    async *rows(wanted, rowSignal) {
      for await (const row of zipLists(path, rowSignal)) {
        yield row.kind === 'cells'
          ? [{ ...row, cells: wanted.map(({ index }) => row.cells[index]) }]
          : [row]
      }
    },
  }
}

async function* zipLists(path: string, signal: AbortSignal): AsyncGenerator<TableRow> {
  const texts = elementsOf(path, SBU_LISTS[1], signal)
  let number = 0
  for await (const url of elementsOf(path, SBU_LISTS[0], signal)) {
    const text = await texts.next()
    number += 1
    if (url.kind !== 'value' || text.done === true || text.value.kind !== 'value') {
      const message =
        'The address or its text is damaged or missing: both lists need the same length.'
      yield { kind: 'error', number, message }
    } else yield { kind: 'cells', number, cells: [url.value, text.value.value] }
  }
  const rest = await texts.next()
  if (rest.done !== true) {
    yield {
      kind: 'warning',
      message: 'There are more texts than addresses; those without one were left out.',
    }
  }
  await texts.return(undefined)
}
