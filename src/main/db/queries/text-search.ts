import type { FieldNode, QueryNode, QueryValue } from '../../../shared/domain/query/ast.ts'
import { anyOf, type Condition } from './condition.ts'
import { contains } from './text-pattern.ts'

export type TextPlace = 'alt' | 'caption' | 'text'

/** A look into texts: by the full-text index (`match` is in its syntax), or for parts of a text, or both. */
export interface TextSearch {
  readonly place: TextPlace
  readonly match: string | null
  readonly parts: readonly string[]
}

/**
 * Scripts written without spaces, and pictographs: the full-text index does not cut these into words, so they are
 * looked for as parts of the text. Right, but every text is read.
 */
const NOT_INDEXED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Extended_Pictographic}]/u
const DIGIT = /^[0-9#*]$/u
const INDEXED = /[\p{L}\p{N}]/u

export function searchOf(
  place: TextPlace,
  operator: FieldNode['operator'],
  values: readonly QueryValue[],
): TextSearch {
  const indexed = operator === '~' ? [] : values.filter((value) => isIndexed(value.text))
  return {
    place,
    match: indexed.length === 0 ? null : indexed.map(toMatchString).join(' OR '),
    parts: values.filter((value) => !indexed.includes(value)).map((value) => value.text),
  }
}

/** The search that a node stands for, or null when it is no look into texts. */
export function searchOfNode(node: QueryNode): TextSearch | null {
  if (node.kind === 'text') return searchOf('text', ':', [node.value])
  if (node.kind !== 'field') return null
  const { field } = node
  if (field !== 'alt' && field !== 'caption' && field !== 'text') return null
  const values = node.items.flatMap((item) => (item.kind === 'value' ? [item.value] : []))
  return searchOf(field, node.operator, values)
}

function isIndexed(text: string): boolean {
  const isPartial = Array.from(text).some(
    (character) => NOT_INDEXED.test(character) && !DIGIT.test(character),
  )
  return INDEXED.test(text) && !isPartial
}

/** A full-text string: everything in it is text, its words must follow one another. */
function toMatchString(value: QueryValue): string {
  const text = value.text.replaceAll('\0', ' ').toWellFormed().replaceAll('"', '""')
  return `"${text}"${value.star ? '*' : ''}`
}

export function looksInto(search: TextSearch, place: 'alt' | 'caption'): boolean {
  return search.place === 'text' || search.place === place
}

/** A text column has one of the searched parts. */
export function hasPart(column: string, search: TextSearch): Condition {
  return anyOf(search.parts.map((part) => contains(column, part)))
}

/** The search for one row `s` of image_state: it costs the same for each row, however many match. */
export function probeText(search: TextSearch): Condition {
  const conditions: Condition[] = []
  if (looksInto(search, 'alt')) {
    if (search.match !== null) conditions.push({ sql: PROBE_ALT, params: [search.match] })
    if (search.parts.length > 0) conditions.push(probePart('alt_text', search))
  }
  if (looksInto(search, 'caption')) {
    if (search.match !== null) conditions.push({ sql: PROBE_CAPTION, params: [search.match] })
    if (search.parts.length > 0) conditions.push(probePart('caption', search))
  }
  return anyOf(conditions)
}

const PROBE_ALT = `EXISTS (
  SELECT 1 FROM alt_text a CROSS JOIN alt_text_index f ON f.rowid = a.id
  WHERE a.image_id = s.image_id AND f.alt_text_index MATCH ?)`

const PROBE_CAPTION =
  'EXISTS (SELECT 1 FROM caption_index f WHERE f.rowid = s.image_id AND f.caption_index MATCH ?)'

function probePart(table: 'alt_text' | 'caption', search: TextSearch): Condition {
  const part = hasPart('p.text', search)
  return {
    sql: `EXISTS (SELECT 1 FROM ${table} p WHERE p.image_id = s.image_id AND ${part.sql})`,
    params: part.params,
  }
}
