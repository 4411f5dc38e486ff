import type { ColumnMap } from '../../shared/domain/column-roles.ts'
import { readJsonElements, type JsonElement } from './json-elements.ts'
import { SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** How the records of a JSON document become rows. */
interface JsonTableOptions {
  readonly path: string
  readonly signal: AbortSignal
  /** The member whose elements are the records; null for a document that is a list itself. */
  readonly list: string | null
  /** Cells of a record by their columns; a text in their place says what is wrong with it. */
  readonly toCells?: (record: JsonObject) => JsonObject | string
  readonly roles?: (columns: readonly string[]) => ColumnMap
  readonly base?: string
}

/** A document with a list of objects as a table whose columns are those of the first ones. */
export async function openJsonTable(options: JsonTableOptions): Promise<TableFile> {
  const { path, signal, list, toCells = asIs } = options
  const rows: JsonObject[] = []
  for await (const element of elementsOf(path, list, signal)) {
    if (element.kind !== 'value' || !isObject(element.value)) continue
    const cells = toCells(element.value)
    if (typeof cells !== 'string') rows.push(cells)
    if (rows.length >= SAMPLE_ROWS) break
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return {
    columns,
    sample: rows.map((row) => columns.map((name) => cellOf(row, name))),
    encoding: 'UTF-8',
    warnings: [],
    ...(options.roles === undefined ? {} : { roles: options.roles(columns) }),
    ...(options.base === undefined ? {} : { base: options.base }),
    async *rows(wanted, rowSignal) {
      const isWanted = (key: string | null): boolean => key === list
      for await (const batch of readJsonElements(path, rowSignal, isWanted)) {
        yield batch
          .filter((element) => element.kind === 'broken' || element.key === list)
          .map((element) =>
            toRow(
              element,
              wanted.map(({ name }) => name),
              toCells,
            ),
          )
      }
    },
  }
}

function asIs(record: JsonObject): JsonObject {
  return record
}

export async function* elementsOf(
  path: string,
  list: string | null,
  signal: AbortSignal,
): AsyncGenerator<JsonElement> {
  for await (const batch of readJsonElements(path, signal, (key) => key === list)) yield* batch
}

function toRow(
  element: JsonElement,
  names: readonly string[],
  toCells: NonNullable<JsonTableOptions['toCells']>,
): TableRow {
  if (element.kind === 'broken') return brokenRow(element)
  const number = (element.index ?? 0) + 1
  if (element.kind === 'error') return { kind: 'error', number, message: element.message }
  if (!isObject(element.value)) {
    return {
      kind: 'error',
      number,
      message: 'A JSON object was expected here, but came another value.',
    }
  }
  const cells = toCells(element.value)
  return typeof cells === 'string'
    ? { kind: 'error', number, message: cells }
    : { kind: 'cells', number, cells: names.map((name) => cellOf(cells, name)) }
}

export function brokenRow(element: JsonElement & { kind: 'broken' }): TableRow {
  const { message } = element
  return { kind: 'error', number: 0, item: 'the file', code: 'SOURCE_UNREADABLE', message }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(record: JsonObject, name: string): string | null {
  const value = cellOf(record, name)
  return typeof value === 'string' && value !== '' ? value : null
}

function cellOf(record: JsonObject, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
