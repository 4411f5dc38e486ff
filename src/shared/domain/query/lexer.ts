import type { Span } from './ast.ts'

export type TokenKind =
  | 'space'
  | 'open'
  | 'close'
  | 'minus'
  | 'keyword'
  | 'field'
  | 'operator'
  | 'comma'
  | 'text'
  | 'value'

/** `text` is the source of the token, but for texts and values what they mean: no quotes, escapes or final star. */
export interface Token extends Span {
  readonly kind: TokenKind
  readonly text: string
  readonly quoted: boolean
  readonly star: boolean
  /** False for a quoted text whose closing quote is missing. */
  readonly closed: boolean
}

const SPACE = /\s+/uy
const FIELD = /([A-Za-z][A-Za-z0-9_]*)(:|=|~|<=|>=|<|>)/uy
const BARE = /[^\s()"]+/uy
const BARE_VALUE = /[^\s()",]+/uy
const QUOTED = /"((?:[^"\\]+|\\.|\\$)*)("\*?)?/suy

/** Splits any string into tokens that cover all of it, in order; it has no errors, those are the parser's. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = []
  let position = 0
  let inValue = false
  while (position < source.length) {
    const found: readonly Token[] | null = inValue
      ? readValueToken(source, position)
      : readTermTokens(source, position)
    if (found === null) {
      inValue = false
      continue
    }
    tokens.push(...found)
    position = found.at(-1)?.end ?? source.length
    inValue = inValue || found.at(-1)?.kind === 'operator'
  }
  return tokens
}

/** Null where the list of values ends: at a space or a parenthesis. */
function readValueToken(source: string, start: number): readonly Token[] | null {
  const character = source[start]
  if (character === ',') return [simpleToken('comma', source, start, start + 1)]
  if (character === '"') return [readQuoted('value', source, start)]
  const end = matchEnd(BARE_VALUE, source, start)
  return end === null ? null : [bareToken('value', source, start, end)]
}

function readTermTokens(source: string, start: number): readonly Token[] {
  const spaceEnd = matchEnd(SPACE, source, start)
  if (spaceEnd !== null) return [simpleToken('space', source, start, spaceEnd)]
  const character = source[start]
  if (character === '(') return [simpleToken('open', source, start, start + 1)]
  if (character === ')') return [simpleToken('close', source, start, start + 1)]
  if (character === '-') return [simpleToken('minus', source, start, start + 1)]
  if (character === '"') return [readQuoted('text', source, start)]
  FIELD.lastIndex = start
  const field = FIELD.exec(source)
  if (field !== null) {
    const middle = start + (field[1] ?? '').length
    return [
      simpleToken('field', source, start, middle),
      simpleToken('operator', source, middle, start + field[0].length),
    ]
  }
  const end = matchEnd(BARE, source, start) ?? start + 1
  const word = source.slice(start, end)
  if (isKeyword(word)) return [simpleToken('keyword', source, start, end)]
  return [bareToken('text', source, start, end)]
}

function isKeyword(word: string): boolean {
  return word === 'AND' || word === 'OR' || word === 'NOT'
}

function matchEnd(pattern: RegExp, source: string, start: number): number | null {
  pattern.lastIndex = start
  return pattern.test(source) ? pattern.lastIndex : null
}

function simpleToken(kind: TokenKind, source: string, start: number, end: number): Token {
  const text = source.slice(start, end)
  return { kind, start, end, text, quoted: false, star: false, closed: true }
}

function bareToken(kind: 'text' | 'value', source: string, start: number, end: number): Token {
  const raw = source.slice(start, end)
  const star = raw.length > 1 && raw.endsWith('*')
  const text = star ? raw.slice(0, -1) : raw
  return { kind, start, end, text, quoted: false, star, closed: true }
}

/** Inside quotes `\"` is a quote and `\\` a backslash; any other backslash stands for itself. */
function readQuoted(kind: 'text' | 'value', source: string, start: number): Token {
  QUOTED.lastIndex = start
  const match = QUOTED.exec(source)
  const text = (match?.[1] ?? '').replaceAll(/\\(["\\])/gu, '$1')
  const closing = match?.[2]
  return {
    kind,
    start,
    end: start + (match?.[0].length ?? 1),
    text,
    quoted: true,
    star: closing === '"*',
    closed: closing !== undefined,
  }
}
