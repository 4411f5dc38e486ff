/** What is measured of a picture's pixels, as the store and the query language name it. */
export const QUALITY_MEASURES = [
  'brightness',
  'contrast',
  'black',
  'white',
  'sharpness',
  'entropy',
  'colour',
  'plain',
  'frames',
] as const

export type QualityMeasure = (typeof QUALITY_MEASURES)[number]

/**
 * Of one picture. `brightness` (mean) and `contrast` (standard deviation) are of luma in hundredths of its range; `black`,
 * `white` and `plain` are percentages of the pixels: nearly black, nearly white, nearly of the median colour; `sharpness` is
 * the variance of the Laplacian, `entropy` in bits, `colour` Hasler and Suesstrunk's colourfulness.
 */
export type ImageQuality = Readonly<Record<QualityMeasure, number>>

/** The store keeps whole hundredths, and whole frames, so that rows are narrow and comparisons exact. */
export const STORED_STEPS: ImageQuality = {
  brightness: 100,
  contrast: 100,
  black: 100,
  white: 100,
  sharpness: 100,
  entropy: 100,
  colour: 100,
  plain: 100,
  frames: 1,
}

/** What a picture may be found wanting in: a word of `is:` each, with a limit that a project sets. */
export const QUALITY_ISSUES = [
  'dark',
  'bright',
  'blurry',
  'grey',
  'low-information',
  'blank',
  'small',
  'odd-aspect',
] as const

export type QualityIssue = (typeof QUALITY_ISSUES)[number]

export type QualityLimits = Readonly<Record<QualityIssue, number>>

/** The field of the query language whose values an issue is about. */
export type IssueField =
  'brightness' | 'sharpness' | 'colour' | 'entropy' | 'plain' | 'side' | 'elongation'

export interface IssueRule {
  readonly field: IssueField
  /** Pictures below the limit fall out, or those at it and above. */
  readonly falls: 'below' | 'above'
  /** Where nobody chose another; docs/decisions/024 tells what they were chosen by. */
  readonly limit: number
  /** Borders between the bars of a histogram, ascending; limits lie on them, so that the bars say exactly what falls out. */
  readonly edges: readonly number[]
}

/** Steps of one size, with ends that are no rounding noise. */
function even(from: number, to: number, step: number): readonly number[] {
  const count = Math.round((to - from) / step)
  return Array.from({ length: count + 1 }, (_, index) => roundTo(from + index * step))
}

/** Steps that grow by one factor, for what spreads over several powers of ten. */
function growing(from: number, to: number, stepsPerTenfold: number): readonly number[] {
  const count = Math.round(Math.log10(to / from) * stepsPerTenfold)
  const edges = Array.from({ length: count + 1 }, (_, index) =>
    roundTo(from * 10 ** (index / stepsPerTenfold)),
  )
  return [0, ...edges]
}

/** Three digits that count, and no more than the store keeps. */
function roundTo(value: number): number {
  return Number(Math.max(0, value).toFixed(value < 10 ? 2 : value < 100 ? 1 : 0))
}

export const ISSUE_RULES: Readonly<Record<QualityIssue, IssueRule>> = {
  dark: { field: 'brightness', falls: 'below', limit: 12, edges: even(0, 100, 1) },
  bright: { field: 'brightness', falls: 'above', limit: 88, edges: even(0, 100, 1) },
  blurry: { field: 'sharpness', falls: 'below', limit: 100, edges: growing(1, 10_000, 20) },
  grey: { field: 'colour', falls: 'below', limit: 3, edges: even(0, 120, 1) },
  'low-information': { field: 'entropy', falls: 'below', limit: 4, edges: even(0, 8, 0.1) },
  blank: { field: 'plain', falls: 'above', limit: 98, edges: even(0, 100, 1) },
  small: { field: 'side', falls: 'below', limit: 200, edges: even(0, 2000, 20) },
  'odd-aspect': { field: 'elongation', falls: 'above', limit: 3, edges: even(1, 10, 0.1) },
}

export const DEFAULT_LIMITS: QualityLimits = {
  dark: ISSUE_RULES.dark.limit,
  bright: ISSUE_RULES.bright.limit,
  blurry: ISSUE_RULES.blurry.limit,
  grey: ISSUE_RULES.grey.limit,
  'low-information': ISSUE_RULES['low-information'].limit,
  blank: ISSUE_RULES.blank.limit,
  small: ISSUE_RULES.small.limit,
  'odd-aspect': ISSUE_RULES['odd-aspect'].limit,
}

/** The border that lies nearest to a number. */
export function nearestEdge(issue: QualityIssue, value: number): number {
  const { edges } = ISSUE_RULES[issue]
  return edges.reduce(
    (best, edge) => (Math.abs(edge - value) < Math.abs(best - value) ? edge : best),
    edges[0] ?? 0,
  )
}

/** What falls out at a limit, as a query. */
export function issueQuery(issue: QualityIssue, limit: number): string {
  const { field, falls } = ISSUE_RULES[issue]
  return `${field}${falls === 'below' ? '<' : '>='}${limit}`
}
