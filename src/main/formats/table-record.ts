import { isAltOrigin, type AltOrigin } from '../../shared/domain/alt-origin.ts'
import type { ColumnMap, ColumnRole } from '../../shared/domain/column-roles.ts'
import { isListColumn, originOfColumn, WEB_ADDRESS } from './column-sniff.ts'
import { EmbeddedPicture } from './embedded-picture.ts'
import type { SourceEvent, SourceRecord } from './format.ts'
import type { SourcePath, SourcePaths } from './source-paths.ts'

/** A column that has a role, with its place among the columns of the table. */
export interface MappedColumn {
  readonly name: string
  readonly index: number
  /** `alt-origin` is no role people choose: a column `x_origin` says where the texts of column `x` came from. */
  readonly role: Exclude<ColumnRole, 'ignore'> | 'alt-origin'
}

type AltText = SourceRecord['altTexts'][number]

const ORIGIN_ENDING = '_origin'

/** The parts of a record while its row is being read. */
interface RowParts {
  image: string | EmbeddedPicture | null
  url: string | null
  id: string | null
  caption: string | null
  readonly proposals: { column: string; text: string }[]
  readonly altTexts: AltText[]
  readonly tags: string[]
  /** Origins named by the column just read, for the alt-texts of the next one. */
  origins: readonly string[]
}

class RowError extends Error {}

export function mappedColumns(columns: readonly string[], map: ColumnMap): readonly MappedColumn[] {
  return columns.flatMap((name, index): MappedColumn[] => {
    const role = Object.hasOwn(map, name) ? map[name] : undefined
    if (role === undefined || role === 'ignore') return []
    const origin = columns.indexOf(`${name}${ORIGIN_ENDING}`)
    return role === 'alt' && origin !== -1
      ? [
          { name: `${name}${ORIGIN_ENDING}`, index: origin, role: 'alt-origin' },
          { name, index, role },
        ]
      : [{ name, index, role }]
  })
}

/**
 * Makes records of rows. A row comes as its cells in the order of `columns`: JSON values, or text where the
 * table knows nothing else. The answer is a promise only where a folder has to be looked at for links.
 */
export function createRecordMaker(options: {
  readonly columns: readonly MappedColumn[]
  readonly paths: SourcePaths
}): (row: number, cells: readonly unknown[]) => SourceEvent | Promise<SourceEvent> {
  const columns = options.columns.map((column) => ({
    ...column,
    isList: isListColumn(column.name),
    origin: originOf(column),
  }))
  const hasIdentity = columns.some(
    ({ role }) => role === 'image' || role === 'url' || role === 'id',
  )

  return (row, cells) => {
    const parts: RowParts = {
      image: null,
      url: null,
      id: null,
      caption: null,
      proposals: [],
      altTexts: [],
      tags: [],
      origins: [],
    }
    try {
      for (const [index, column] of columns.entries()) readCell(parts, column, cells[index])
    } catch (error) {
      if (error instanceof RowError) return rowError(row, error.message)
      throw error
    }
    if (parts.image instanceof EmbeddedPicture) return recordOfPicture(row, parts, parts.image)
    if (parts.image !== null && WEB_ADDRESS.test(parts.image)) {
      parts.url ??= parts.image
      parts.image = null
    }
    if (parts.image === null) {
      const locator = locatorWithoutFile(parts, hasIdentity ? null : row)
      if (locator === null)
        return rowError(row, 'The row names no image: its file name, address and id are all empty.')
      return recordEvent(row, parts, { locator, filePath: null })
    }
    const path = options.paths.resolve(parts.image)
    return path instanceof Promise
      ? path.then((found) => eventOfPath(row, parts, found))
      : eventOfPath(row, parts, path)
  }
}

export function rowError(row: number, message: string): SourceEvent {
  return { kind: 'error', item: `row ${row}`, code: 'ROW_INVALID', message }
}

function originOf(column: MappedColumn): AltOrigin {
  return column.role === 'alt' || column.role === 'title' || column.role === 'web-caption'
    ? originOfColumn(column.name, column.role)
    : 'alt'
}

function eventOfPath(row: number, parts: RowParts, path: SourcePath): SourceEvent {
  switch (path.kind) {
    case 'inside':
      return recordEvent(row, parts, path)
    case 'outside':
      return {
        kind: 'error',
        item: `row ${row}`,
        code: 'PATH_OUTSIDE_SOURCE',
        message: `${path.reason}. The row was left out.`,
      }
    case 'invalid':
      return rowError(row, `${path.reason}. The row was left out.`)
  }
}

function recordEvent(
  row: number,
  parts: RowParts,
  place: { readonly locator: string; readonly filePath: string | null },
): SourceEvent {
  const { url, altTexts, caption, proposals, tags } = parts
  const record = {
    locator: place.locator,
    filePath: place.filePath,
    url,
    altTexts,
    caption,
    proposals,
    tags,
    row,
    exchange: null,
  }
  return { kind: 'record', record }
}

function recordOfPicture(row: number, parts: RowParts, picture: EmbeddedPicture): SourceEvent {
  const { locator, address, problem } = picture
  const event = recordEvent(row, parts, { locator, filePath: address })
  if (problem === null || event.kind !== 'record') return event
  return { kind: 'record', record: { ...event.record, problem } }
}

function locatorWithoutFile(parts: RowParts, row: number | null): string | null {
  if (parts.id !== null) return `row:${parts.id}`
  if (parts.url !== null) return `url:${parts.url}`
  return row === null ? null : `row:${row}`
}

function readCell(
  parts: RowParts,
  column: MappedColumn & { readonly isList: boolean; readonly origin: AltOrigin },
  value: unknown,
): void {
  // An empty cell says nothing; an alt-text that is empty would be an anchor without words.
  if (value === undefined || value === null || value === '') return
  switch (column.role) {
    case 'alt':
    case 'title':
    case 'web-caption':
      addAltTexts(parts, column.origin, textsOf(column, value))
      return
    case 'alt-origin':
      parts.origins = textsOf(column, value)
      return
    case 'caption':
      parts.caption = onlyText(column, value)
      return
    case 'proposal':
      for (const text of textsOf(column, value)) parts.proposals.push({ column: column.name, text })
      return
    case 'tags':
      parts.tags.push(...tagsOf(column, value))
      return
    case 'image':
      parts.image = value instanceof EmbeddedPicture ? value : onlyText(column, value)
      return
    case 'url':
      parts.url = onlyText(column, value)
      return
    case 'id':
      parts.id = typeof value === 'number' ? String(value) : onlyText(column, value)
      return
  }
}

function addAltTexts(parts: RowParts, origin: AltOrigin, texts: readonly string[]): void {
  for (const [index, text] of texts.entries()) {
    const named = parts.origins[index] ?? ''
    parts.altTexts.push({ origin: isAltOrigin(named) ? named : origin, text })
  }
  parts.origins = []
}

function textsOf(
  column: { readonly name: string; readonly isList: boolean },
  value: unknown,
): readonly string[] {
  if (typeof value === 'string') {
    const list = column.isList && value.startsWith('[') ? parseTextList(value) : null
    return list ?? [value]
  }
  if (!Array.isArray(value)) throw wrongType(column.name, value)
  const texts: string[] = []
  for (const element of value as readonly unknown[]) {
    if (element === null || element === '') continue
    if (typeof element !== 'string') throw wrongType(column.name, element)
    texts.push(element)
  }
  return texts
}

function onlyText(
  column: { readonly name: string; readonly isList: boolean },
  value: unknown,
): string | null {
  if (typeof value === 'string') return value
  const texts = textsOf(column, value)
  if (texts.length > 1) {
    throw new RowError(
      `Column "${column.name}" should hold one text, but holds a list of ${texts.length}.`,
    )
  }
  return texts[0] ?? null
}

function tagsOf(
  column: { readonly name: string; readonly isList: boolean },
  value: unknown,
): readonly string[] {
  const texts = textsOf(column, value)
  const isSplit = typeof value === 'string' && texts.length === 1 && texts[0] === value
  return (isSplit ? value.split(',') : texts).map((tag) => tag.trim()).filter((tag) => tag !== '')
}

function parseTextList(cell: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(cell)
    const isList = Array.isArray(value) && value.every((element) => typeof element === 'string')
    return isList ? value.filter((text) => text !== '') : null
  } catch {
    return null
  }
}

function wrongType(column: string, value: unknown): RowError {
  const kind = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value
  const shown = JSON.stringify(value).slice(0, 60)
  return new RowError(
    `Column "${column}" should hold text or a list of texts, but holds a value of type ${kind}: ${shown}`,
  )
}
