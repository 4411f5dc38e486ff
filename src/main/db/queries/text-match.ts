import type { QueryValue } from '../../../shared/domain/query/ast.ts'
import { CONTAINS_FOLDED } from '../functions.ts'
import { anyOf, type Condition } from './condition.ts'

export type TextPlace = 'alt' | 'caption' | 'text'

/**
 * Scripts written without spaces, and pictographs: the full-text index does not cut these into words, so they are
 * looked for as parts of the text. Right, but every text is read.
 */
const NOT_INDEXED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Extended_Pictographic}]/u
const DIGIT = /^[0-9#*]$/u
const INDEXED = /[\p{L}\p{N}]/u

/** `s.image_id` is an image with one of the words, phrases or word starts. */
export function matchesWords(place: TextPlace, values: readonly QueryValue[]): Condition {
  const indexed = values.filter((value) => isIndexed(value.text))
  const others = values.filter((value) => !isIndexed(value.text))
  const conditions = others.map((value) => containsText(place, value.text))
  if (indexed.length > 0) conditions.push(matchesIndex(place, indexed))
  return anyOf(conditions)
}

function isIndexed(text: string): boolean {
  const isPartial = Array.from(text).some(
    (character) => NOT_INDEXED.test(character) && !DIGIT.test(character),
  )
  return INDEXED.test(text) && !isPartial
}

function matchesIndex(place: TextPlace, values: readonly QueryValue[]): Condition {
  const match = values.map(toMatchString).join(' OR ')
  const ids = {
    alt: 'SELECT image_id FROM alt_text WHERE id IN (SELECT rowid FROM alt_text_index WHERE alt_text_index MATCH ?)',
    caption: 'SELECT rowid FROM caption_index WHERE caption_index MATCH ?',
  }
  switch (place) {
    case 'alt':
    case 'caption':
      return { sql: `s.image_id IN (${ids[place]})`, params: [match] }
    case 'text':
      return {
        sql: `s.image_id IN (${ids.alt} UNION ALL ${ids.caption})`,
        params: [match, match],
      }
  }
}

/** A full-text string: everything in it is text, its words must follow one another. */
function toMatchString(value: QueryValue): string {
  const text = value.text.replaceAll('\0', ' ').toWellFormed().replaceAll('"', '""')
  return `"${text}"${value.star ? '*' : ''}`
}

/** `s.image_id` is an image with the text somewhere in an alt-text or its caption, in any case. */
export function containsText(place: TextPlace, text: string): Condition {
  const alt = contains('text', text)
  const caption = contains('text', text)
  const inAlt: Condition = {
    sql: `s.image_id IN (SELECT image_id FROM alt_text WHERE ${alt.sql})`,
    params: alt.params,
  }
  const inCaption: Condition = {
    sql: `s.image_id IN (SELECT image_id FROM caption WHERE ${caption.sql})`,
    params: caption.params,
  }
  switch (place) {
    case 'alt':
      return inAlt
    case 'caption':
      return inCaption
    case 'text':
      return anyOf([inAlt, inCaption])
  }
}

/**
 * The column has the text somewhere, in any case. LIKE folds ASCII only and is the fastest; the function of
 * `functions.ts` folds every script. Folds of several characters (ß and SS) are not known.
 */
export function contains(column: string, text: string): Condition {
  const needle = text.toWellFormed()
  switch (caseOf(needle)) {
    case 'none':
      return { sql: `instr(${column}, ?) > 0`, params: [needle] }
    case 'ascii':
      return { sql: `${column} LIKE ? ESCAPE '\\'`, params: [`%${escapeLike(needle)}%`] }
    case 'unicode':
      return { sql: `${CONTAINS_FOLDED}(${column}, ?)`, params: [needle.toLowerCase()] }
  }
}

/** The column starts with the text, in any case. */
export function startsWith(column: string, text: string): Condition {
  return isLike(column, [text, ANY_TEXT])
}

/** In a pattern: any text, or any one character. */
export const ANY_TEXT = Symbol('any text')
export const ANY_CHARACTER = Symbol('any character')

/** The whole column is like the pattern, in any case. */
export function isLike(
  column: string,
  pattern: readonly (string | typeof ANY_TEXT | typeof ANY_CHARACTER)[],
): Condition {
  const isUnicode = pattern.some((part) => typeof part === 'string' && caseOf(part) === 'unicode')
  const like = pattern.map((part) => {
    if (part === ANY_TEXT) return isUnicode ? '*' : '%'
    if (part === ANY_CHARACTER) return isUnicode ? '?' : '_'
    return isUnicode
      ? Array.from(part.toWellFormed()).map(toClass).join('')
      : escapeLike(part.toWellFormed())
  })
  return {
    sql: isUnicode ? `${column} GLOB ?` : `${column} LIKE ? ESCAPE '\\'`,
    params: [like.join('')],
  }
}

function caseOf(text: string): 'none' | 'ascii' | 'unicode' {
  const cased = Array.from(text).filter((character) => variants(character).length > 1)
  if (cased.length === 0 || text.includes('\0')) return 'none'
  return cased.every((character) => character < '\u0080') ? 'ascii' : 'unicode'
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/gu, '\\$&')
}

/** GLOB knows no case; a class per letter holds its forms. */
function toClass(character: string): string {
  const all = variants(character)
  return all.length > 1 || '*?['.includes(character) ? `[${all.join('')}]` : character
}

/** The character in its cases, as long as each is one character. */
function variants(character: string): readonly string[] {
  const all = [character, character.toLowerCase(), character.toUpperCase()]
  return [...new Set(all)].filter((variant) => Array.from(variant).length === 1)
}
