const MULTIPLIERS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
}

/** Reads `640`, `1.5M`, `100k`, `2GiB`; null when it is no number. */
export function parseQuantity(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)([kmgt]i?)?b?$/iu.exec(text)
  if (match === null) return null
  return Number(match[1]) * (MULTIPLIERS[(match[2] ?? '').toLowerCase()] ?? 1)
}

/** Reads `50%` or `50`; null when it is no number from 0 to 100. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d{1,9})?)%?$/u.exec(text)
  const percent = Number(match?.[1] ?? Number.NaN)
  return percent <= 100 ? percent : null
}

/** Reads a place among all images, `20%`; null for anything without the sign. */
export function parsePlace(text: string): number | null {
  return text.endsWith('%') ? parsePercent(text) : null
}

/** A thing and how often it is wanted. */
export interface Tally {
  readonly label: string
  readonly operator: '<' | '<=' | '>' | '>=' | '='
  readonly count: number
}

/** Reads `dog>=2`; a name alone means at least one. Null when the name or the number is missing. */
export function parseTally(text: string): Tally | null {
  const match = /^([^<>=]+?)\s*(?:(<=|>=|<|>|=)\s*(\d{1,4}))?$/u.exec(text.trim())
  const label = match?.[1]
  if (label === undefined) return null
  const operator = match?.[2] ?? '>='
  return { label, operator: operator as Tally['operator'], count: Number(match?.[3] ?? 1) }
}

/** Reads `1.78`, `16/9` and `16:9`; null when it is no ratio. */
export function parseRatio(text: string): number | null {
  const match = /^(\d{1,6}(?:\.\d{1,9})?)(?:[/:](\d{1,6}(?:\.\d{1,9})?))?$/u.exec(text)
  if (match === null) return null
  const ratio = Number(match[1]) / Number(match[2] ?? 1)
  return Number.isFinite(ratio) ? ratio : null
}

/** A stretch of time, from its first millisecond to before `to`, or an age before now; both in milliseconds. */
export type DateValue =
  | { readonly kind: 'period'; readonly from: number; readonly to: number }
  | { readonly kind: 'age'; readonly ageMs: number }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const AGE_UNITS_MS: Readonly<Record<string, number>> = {
  min: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
}

/** Reads `2026`, `2026-11`, `2026-11-01`, `2026-11-01T09:30` (all UTC) and ages like `7d`; null for anything else. */
export function parseDateValue(text: string): DateValue | null {
  const age = /^(\d{1,5})(min|h|d|w|y)$/u.exec(text)
  if (age !== null) {
    return { kind: 'age', ageMs: Number(age[1]) * (AGE_UNITS_MS[age[2] ?? ''] ?? 0) }
  }
  const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?$/u.exec(text)
  if (date === null) return null
  return parsePeriod(date)
}

function parsePeriod(date: RegExpExecArray): DateValue | null {
  const [year, month, day, hour, minute] = date
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? null : Number(part)))
  if (year == null) return null
  const from = Date.UTC(year, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0)
  if (Number.isNaN(from) || !isRealDate(from, { month, day, hour, minute })) return null
  if (month == null) return { kind: 'period', from, to: Date.UTC(year + 1, 0, 1) }
  if (day == null) return { kind: 'period', from, to: Date.UTC(year, month, 1) }
  return { kind: 'period', from, to: from + (hour == null ? DAY_MS : MINUTE_MS) }
}

type Part = number | null | undefined

/** `Date.UTC` rolls February 30 over into March; such dates are mistakes here. */
function isRealDate(
  time: number,
  parts: {
    readonly month: Part
    readonly day: Part
    readonly hour: Part
    readonly minute: Part
  },
): boolean {
  const date = new Date(time)
  return (
    (parts.month == null || date.getUTCMonth() + 1 === parts.month) &&
    (parts.day == null || date.getUTCDate() === parts.day) &&
    (parts.hour == null || date.getUTCHours() === parts.hour) &&
    (parts.minute == null || date.getUTCMinutes() === parts.minute)
  )
}
