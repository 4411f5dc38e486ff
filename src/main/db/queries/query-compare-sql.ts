import type { CompareOperator, QueryItem, QueryValue } from '../../../shared/domain/query/ast.ts'
import {
  parseDateValue,
  parseQuantity,
  parseRatio,
  type DateValue,
} from '../../../shared/domain/query/values.ts'
import { anyOf, type Condition } from './condition.ts'

/** Ratios within this part of one another count as equal: 1920 x 1088 is 16/9 to people. */
const RATIO_TOLERANCE = 0.01

/** A column that is one of the numbers, in one of the ranges (ends included, in any order), or beyond a bound. */
export function compareNumbers(
  column: string,
  items: readonly QueryItem[],
  quantity: (value: QueryValue) => number = toQuantity,
): Condition {
  return anyOf(
    items.map((item) => {
      switch (item.kind) {
        case 'value':
          return { sql: `${column} = ?`, params: [quantity(item.value)] }
        case 'compare':
          return { sql: `${column} ${item.operator} ?`, params: [quantity(item.value)] }
        case 'range':
          return between(column, {
            from: item.from === null ? null : quantity(item.from),
            to: item.to === null ? null : quantity(item.to),
          })
      }
    }),
  )
}

/** Width to height, written without a division so that a height of 0 needs no care. */
export function compareRatios(
  width: string,
  height: string,
  items: readonly QueryItem[],
): Condition {
  const atLeast = (ratio: number): Condition => ({
    sql: `${width} >= ${height} * ?`,
    params: [ratio],
  })
  const atMost = (ratio: number): Condition => ({
    sql: `${width} <= ${height} * ?`,
    params: [ratio],
  })
  const within = (from: number, to: number): Condition => ({
    sql: `(${width} >= ${height} * ? AND ${width} <= ${height} * ?)`,
    params: [from, to],
  })
  return anyOf(
    items.map((item) => {
      switch (item.kind) {
        case 'value': {
          const value = ratio(item.value)
          return within(value * (1 - RATIO_TOLERANCE), value * (1 + RATIO_TOLERANCE))
        }
        case 'compare':
          return {
            sql: `${width} ${item.operator} ${height} * ?`,
            params: [ratio(item.value)],
          }
        case 'range':
          if (item.from === null) return atMost(item.to === null ? 0 : ratio(item.to))
          if (item.to === null) return atLeast(ratio(item.from))
          return within(
            Math.min(ratio(item.from), ratio(item.to)),
            Math.max(ratio(item.from), ratio(item.to)),
          )
      }
    }),
  )
}

/** A time (milliseconds) in one of the periods or younger or older than an age. */
export function compareDates(column: string, items: readonly QueryItem[], now: number): Condition {
  return anyOf(
    items.map((item) => {
      switch (item.kind) {
        case 'value':
          return inSpan(column, wholeSpan(date(item.value), now))
        case 'compare':
          return compareDate(column, item.operator, resolve(date(item.value), now))
        case 'range':
          return inSpan(column, rangeSpan(item, now))
      }
    }),
  )
}

interface DateSpan {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** An age of 7 days alone means the last 7 days. */
function wholeSpan(value: DateValue, now: number): DateSpan {
  return value.kind === 'period'
    ? { from: value.from, to: value.to }
    : { from: now - value.ageMs, to: Number.MAX_SAFE_INTEGER }
}

/** What a value is compared as. `<7d` is younger, so that an age turns its comparison around. */
function resolve(value: DateValue, now: number): DateSpan & { readonly isAge: boolean } {
  return value.kind === 'period'
    ? { from: value.from, to: value.to, isAge: false }
    : { from: now - value.ageMs, to: now - value.ageMs + 1, isAge: true }
}

function compareDate(
  column: string,
  operator: CompareOperator,
  value: DateSpan & { readonly isAge: boolean },
): Condition {
  switch (operator) {
    case '<':
      return value.isAge ? since(column, value.to) : before(column, value.from)
    case '<=':
      return value.isAge ? since(column, value.from) : before(column, value.to)
    case '>':
      return value.isAge ? before(column, value.from) : since(column, value.to)
    case '>=':
      return value.isAge ? before(column, value.to) : since(column, value.from)
  }
}

/** From the earlier end to the later one, whichever was written first: `30d..7d` and `7d..30d` are one. */
function rangeSpan(item: QueryItem & { readonly kind: 'range' }, now: number): DateSpan {
  const from = item.from === null ? null : resolve(date(item.from), now)
  const to = item.to === null ? null : resolve(date(item.to), now)
  const isAge = (from ?? to)?.isAge === true
  const spans = [from, to].filter((span) => span !== null)
  const earliest = Math.min(...spans.map((span) => span.from))
  const latest = Math.max(...spans.map((span) => span.to))
  if (from !== null && to !== null) return { from: earliest, to: latest }
  // Ages count backwards: everything up to 7 days old is everything since then.
  const isOpenToThePast = isAge ? to === null : from === null
  return isOpenToThePast
    ? { from: Number.MIN_SAFE_INTEGER, to: latest }
    : { from: earliest, to: Number.MAX_SAFE_INTEGER }
}

function inSpan(column: string, span: DateSpan): Condition {
  return { sql: `(${column} >= ? AND ${column} < ?)`, params: [span.from, span.to] }
}

function since(column: string, time: number): Condition {
  return { sql: `${column} >= ?`, params: [time] }
}

function before(column: string, time: number): Condition {
  return { sql: `${column} < ?`, params: [time] }
}

function between(
  column: string,
  range: { readonly from: number | null; readonly to: number | null },
): Condition {
  const { from, to } = range
  if (from === null) return { sql: `${column} <= ?`, params: [to ?? 0] }
  if (to === null) return { sql: `${column} >= ?`, params: [from] }
  return { sql: `${column} BETWEEN ? AND ?`, params: [Math.min(from, to), Math.max(from, to)] }
}

/** The parser let only readable values through; NaN, which nothing equals, stands for any other. */
function toQuantity(value: QueryValue): number {
  return parseQuantity(value.text) ?? Number.NaN
}

function ratio(value: QueryValue): number {
  return parseRatio(value.text) ?? Number.NaN
}

function date(value: QueryValue): DateValue {
  return parseDateValue(value.text) ?? { kind: 'period', from: 0, to: 0 }
}
