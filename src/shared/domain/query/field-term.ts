import type { CompareOperator, FieldNode, QueryItem, QueryValue } from './ast.ts'
import { findField, QUERY_FIELDS, type FieldKind, type QueryField } from './fields.ts'
import type { Token } from './lexer.ts'
import { QueryMistake } from './mistake.ts'
import { nearestWord } from './nearest-word.ts'
import {
  parseDateValue,
  parsePercent,
  parsePlace,
  parseQuantity,
  parseRatio,
  parseTally,
} from './values.ts'

export interface TokenReader {
  peek(): Token | null
  take(): Token | null
}

const MAX_VALUES = 200
const MAX_VALUE_LENGTH = 1000

/** Reads operator and values after the name of a field. */
export function readField(name: Token, reader: TokenReader): FieldNode {
  const field = findField(name.text)
  if (field === null) throw unknownField(name)
  const operator = reader.take()
  if (operator === null) throw new QueryMistake(`Expected : after ${name.text}`, name)
  checkOperator(field, operator)
  const values = readValues(field, operator, reader)
  const items = values.map((value) => toItem(field, operator, value))
  return {
    kind: 'field',
    field: field.name,
    operator: operator.text === '~' ? '~' : ':',
    items,
    start: name.start,
    end: values.at(-1)?.end ?? operator.end,
  }
}

function unknownField(name: Token): QueryMistake {
  const nearest = nearestWord(
    name.text,
    QUERY_FIELDS.map((field) => field.name),
  )
  const hint =
    nearest === null
      ? 'To look for these words, put them in quotes'
      : `Did you mean ${nearest}? To look for these words, put them in quotes`
  return new QueryMistake(`There is no field ${name.text}. ${hint}`, name)
}

type ComparableKind = keyof typeof EXPECTED

function isComparable(kind: FieldKind): kind is ComparableKind {
  return Object.hasOwn(EXPECTED, kind)
}

function canContain(kind: FieldKind): boolean {
  return kind === 'text' || kind === 'label' || kind === 'pattern' || kind === 'tally'
}

function checkOperator(field: QueryField, operator: Token): void {
  const text = operator.text
  if (text === '~' && !canContain(field.kind)) {
    throw new QueryMistake(
      `${field.name} has no text to look into; write ${field.example}`,
      operator,
    )
  }
  if (isCompareOperator(text) && !isComparable(field.kind)) {
    throw new QueryMistake(`${field.name} cannot be compared; write ${field.example}`, operator)
  }
}

function isCompareOperator(text: string): text is CompareOperator {
  return text === '<' || text === '<=' || text === '>' || text === '>='
}

function readValues(field: QueryField, operator: Token, reader: TokenReader): QueryValue[] {
  const values: QueryValue[] = []
  let previous = operator
  for (;;) {
    const token = reader.peek()
    if (token?.kind !== 'value' || token.start !== previous.end) {
      throw new QueryMistake(
        `Expected a value right after ${previous.text}, as in ${field.example}`,
        previous,
      )
    }
    reader.take()
    values.push(checkText(token))
    if (values.length > MAX_VALUES) {
      throw new QueryMistake(`Too many values; at most ${MAX_VALUES} work`, token)
    }
    const next = reader.peek()
    if (next?.start !== token.end || next.kind === 'close') return values
    if (next.kind !== 'comma') {
      throw new QueryMistake(
        'Expected a space or a comma after the value; put values with such signs in quotes',
        { start: token.start, end: next.end },
      )
    }
    if (isCompareOperator(operator.text)) {
      throw new QueryMistake(`A comparison takes one value; write ${field.example}`, next)
    }
    reader.take()
    previous = next
  }
}

/** Refuses what no text search can use: an open quote, nothing, or very much. */
export function checkText(token: Token): QueryValue {
  if (!token.closed) throw new QueryMistake('This quote is not closed; add a "', token)
  if (token.text.trim() === '') throw new QueryMistake('Expected some text between quotes', token)
  if (token.text.length > MAX_VALUE_LENGTH) {
    throw new QueryMistake(`Too long; at most ${MAX_VALUE_LENGTH} characters work`, token)
  }
  return {
    text: token.text,
    quoted: token.quoted,
    star: token.star,
    start: token.start,
    end: token.end,
  }
}

function toItem(field: QueryField, operator: Token, value: QueryValue): QueryItem {
  if (operator.text === '~') return { kind: 'value', value }
  switch (field.kind) {
    case 'number':
    case 'bytes':
    case 'percent':
    case 'place':
    case 'ratio':
    case 'date':
      return toComparableItem(field, operator, value)
    case 'choice':
      checkChoice(field, value)
      return { kind: 'value', value }
    case 'tally':
      checkTally(field, value)
      return { kind: 'value', value }
    case 'code':
      checkCode(field, value)
      return { kind: 'value', value }
    case 'text':
    case 'label':
    case 'pattern':
    case 'meaning':
      return { kind: 'value', value }
  }
}

function toComparableItem(field: QueryField, operator: Token, value: QueryValue): QueryItem {
  if (isCompareOperator(operator.text)) {
    checkNumber(field, value)
    return { kind: 'compare', operator: operator.text, value: { ...value, quoted: false } }
  }
  const compare = /^(<=|>=|<|>)/u.exec(value.text)?.[1]
  if (compare !== undefined && isCompareOperator(compare)) {
    const rest = part(value, compare.length, value.text.length)
    checkNumber(field, rest)
    return { kind: 'compare', operator: compare, value: rest }
  }
  const dots = value.text.indexOf('..')
  if (dots >= 0) return toRange(field, value, dots)
  checkNumber(field, value)
  if (isPlace(field, value)) {
    throw new QueryMistake(
      `A place among all images is compared: write ${field.name}<${value.text} or ${field.name}:0%..${value.text}`,
      value,
    )
  }
  return { kind: 'value', value }
}

/** True for a percentage of a field whose own values are none: `width<20%`. */
function isPlace(field: QueryField, { text }: QueryValue): boolean {
  const { kind } = field
  return (kind === 'number' || kind === 'bytes' || kind === 'ratio') && parsePlace(text) !== null
}

function toRange(field: QueryField, value: QueryValue, dots: number): QueryItem {
  const from = dots === 0 ? null : part(value, 0, dots)
  const isOpenEnded = dots + 2 === value.text.length
  const to = isOpenEnded ? null : part(value, dots + 2, value.text.length)
  if (from === null && to === null) {
    throw new QueryMistake('Expected a value before or after ..', value)
  }
  if (from !== null) checkNumber(field, from)
  if (to !== null) checkNumber(field, to)
  if (from !== null && to !== null && isPlace(field, from) !== isPlace(field, to)) {
    throw new QueryMistake('Expected both ends with % or both without', value)
  }
  return { kind: 'range', from, to }
}

function part(value: QueryValue, from: number, to: number): QueryValue {
  const offset = value.start + (value.quoted ? 1 : 0)
  return {
    text: value.text.slice(from, to),
    quoted: false,
    star: value.star,
    start: offset + from,
    end: offset + to,
  }
}

const EXPECTED = {
  number: 'a number like 640 or 1.5M',
  bytes: 'a size like 500k or 2M',
  percent: 'a share like 50%',
  place: 'a place like 20%',
  ratio: 'a ratio like 1.5 or 16/9',
  date: 'a date like 2026-11-01 or an age like 7d',
} as const

/** Checks a comparable value by its kind; the name is for the most common kind. */
function checkNumber(field: QueryField, value: QueryValue): void {
  const { kind } = field
  if (!isComparable(kind)) return
  if (!value.star && isPlace(field, value)) return
  if (!value.star && isReadable(kind, value.text)) return
  const came = value.text === '' ? 'nothing' : `"${value.text}${value.star ? '*' : ''}"`
  throw new QueryMistake(`Expected ${EXPECTED[kind]} for ${field.name}, but came ${came}`, value)
}

function isReadable(kind: ComparableKind, text: string): boolean {
  switch (kind) {
    case 'number':
    case 'bytes':
      return parseQuantity(text) !== null
    case 'percent':
    case 'place':
      return parsePercent(text) !== null
    case 'ratio':
      return parseRatio(text) !== null
    case 'date':
      return parseDateValue(text) !== null
  }
}

function checkChoice(field: QueryField, value: QueryValue): void {
  const choices = field.values.map((choice) => choice.value)
  const wanted = value.text.toLowerCase()
  if (!value.star && choices.includes(wanted)) return
  const nearest = nearestWord(wanted, choices)
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`
  const came = `${value.text}${value.star ? '*' : ''}`
  throw new QueryMistake(
    `Expected one of ${choices.join(', ')} for ${field.name}, but came "${came}".${hint}`,
    value,
  )
}

function checkTally(field: QueryField, value: QueryValue): void {
  if (parseTally(value.text) !== null) return
  throw new QueryMistake(
    `Expected a name, or a name and a number as in ${field.example}, but came "${value.text}"`,
    value,
  )
}

function checkCode(field: QueryField, value: QueryValue): void {
  if (/^[0-9a-f-]+$/iu.test(value.text)) return
  throw new QueryMistake(
    `Expected hexadecimal digits for ${field.name}, but came "${value.text}"`,
    value,
  )
}
