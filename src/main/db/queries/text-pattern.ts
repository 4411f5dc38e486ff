import { CONTAINS_FOLDED } from '../functions.ts'
import type { Condition } from './condition.ts'

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
