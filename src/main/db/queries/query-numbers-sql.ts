import {
  ISSUE_RULES,
  QUALITY_ISSUES,
  QUALITY_MEASURES,
  type QualityIssue,
} from '../../../shared/domain/image-quality.ts'
import type { CompareOperator, QueryAst, QueryItem } from '../../../shared/domain/query/ast.ts'
import { findField, type NumberField } from '../../../shared/domain/query/fields.ts'
import { parsePercent, parsePlace, parseQuantity } from '../../../shared/domain/query/values.ts'
import { allOf, anyOf, type Condition } from './condition.ts'
import { NUMBER_SOURCES, type NumberSource } from './number-sources.ts'
import type { Asked } from './query-asked.ts'
import { compareNumbers, compareRatios } from './query-compare-sql.ts'

const MEASURED_FIELDS: ReadonlySet<string> = new Set(['is', 'fate', ...QUALITY_MEASURES])

/** A field of numbers, compared with numbers of its kind or with places among all images. */
export function numberCondition(
  field: NumberField,
  items: readonly QueryItem[],
  asked: Asked,
): Condition {
  const source = NUMBER_SOURCES[field]
  const isPlaced = (item: QueryItem): boolean =>
    findField(field)?.kind === 'place' || hasPlace(field, item)
  const placed = items.filter(isPlaced).map((item) => placeCondition(field, item, asked))
  const others = items.filter((item) => !isPlaced(item))
  const plain = others.length === 0 ? [] : [within(source, plainCondition(field, source, others))]
  return anyOf([...placed, ...plain])
}

/** What an image falls short in, by the limit of the project. */
export function issueCondition(issue: QualityIssue, asked: Asked): Condition {
  const { field, falls } = ISSUE_RULES[issue]
  const source = NUMBER_SOURCES[field]
  const limit = inSteps(source, asked.limits()[issue])
  return within(source, {
    sql: `${source.column} ${falls === 'below' ? '<' : '>='} ?`,
    params: [limit],
  })
}

export function findIssue(word: string): QualityIssue | null {
  return QUALITY_ISSUES.find((issue) => issue === word) ?? null
}

/** Whether what the query finds follows from measures, which change without the project's change counter. */
export function asksMeasures(node: QueryAst): boolean {
  switch (node?.kind) {
    case undefined:
    case 'text':
      return false
    case 'and':
    case 'or':
      return node.nodes.some(asksMeasures)
    case 'not':
      return asksMeasures(node.node)
    case 'field':
      return MEASURED_FIELDS.has(node.field)
  }
}

function hasPlace(field: NumberField, item: QueryItem): boolean {
  if (findField(field)?.kind === 'percent') return false
  switch (item.kind) {
    case 'value':
    case 'compare':
      return parsePlace(item.value.text) !== null
    case 'range':
      return [item.from, item.to].some((end) => end !== null && parsePlace(end.text) !== null)
  }
}

function plainCondition(
  field: NumberField,
  source: NumberSource,
  items: readonly QueryItem[],
): Condition {
  if (field === 'aspect') return compareRatios('i.width', 'i.height', items)
  const isShare = findField(field)?.kind === 'percent'
  return compareNumbers(source.column, items, ({ text }) => {
    const value = isShare ? parsePercent(text) : parseQuantity(text)
    return inSteps(source, value ?? Number.NaN)
  })
}

/** What the store has for a number; a product like 1.1 x 100 must not come out above 110. */
function inSteps({ steps }: NumberSource, value: number): number {
  return steps === 1 ? value : Number((value * steps).toFixed(6))
}

/** Wraps a condition on the row that has the number, so that it is about the row `s` and never null. */
function within(source: NumberSource, condition: Condition): Condition {
  const { id, rows } = source
  switch (source.found) {
    case 'own':
      return condition
    case 'by-id':
      return {
        sql: `EXISTS (SELECT 1 ${rows} AND ${id} = s.image_id AND ${condition.sql})`,
        params: condition.params,
      }
    case 'searched':
      return {
        sql: `s.image_id IN (SELECT ${id} ${rows} AND ${condition.sql})`,
        params: condition.params,
      }
  }
}

function placeCondition(field: NumberField, item: QueryItem, asked: Asked): Condition {
  const compare = (operator: CompareOperator, text: string): Condition =>
    cutCondition(field, asked.cutAt(field, operator, parsePercent(text) ?? Number.NaN))
  switch (item.kind) {
    case 'compare':
      return compare(item.operator, item.value.text)
    case 'value':
      return allOf([compare('>=', item.value.text), compare('<=', item.value.text)])
    case 'range': {
      const [low, high] = inOrder(item)
      const bounds = [
        ...(low === null ? [] : [compare('>=', low)]),
        ...(high === null ? [] : [compare('<=', high)]),
      ]
      return allOf(bounds)
    }
  }
}

/** Whichever end was written first. */
function inOrder(
  range: QueryItem & { readonly kind: 'range' },
): readonly [string | null, string | null] {
  const from = range.from?.text ?? null
  const to = range.to?.text ?? null
  if (from === null || to === null) return [from, to]
  return (parsePercent(from) ?? 0) <= (parsePercent(to) ?? 0) ? [from, to] : [to, from]
}

function cutCondition(field: NumberField, cut: ReturnType<Asked['cutAt']>): Condition {
  const source = NUMBER_SOURCES[field]
  switch (cut.kind) {
    case 'none':
      return { sql: 'FALSE', params: [] }
    case 'all':
      return ranked(source, { sql: `${source.column} IS NOT NULL`, params: [] })
    case 'compare':
      return ranked(source, {
        sql: `${source.column} ${cut.operator} ?`,
        params: [cut.value],
      })
  }
}

/** Only images whose number is known have a place. */
function ranked(source: NumberSource, condition: Condition): Condition {
  if (source.known === undefined) return within(source, condition)
  return within(source, allOf([{ sql: source.known, params: [] }, condition]))
}
