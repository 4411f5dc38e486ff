import type { FieldNode, QueryValue } from '../../../shared/domain/query/ast.ts'
import { parseTally, type Tally } from '../../../shared/domain/query/values.ts'
import { anyOf, type Condition } from './condition.ts'
import type { FindingTask } from './machine-results.ts'
import { contains, startsWith } from './text-pattern.ts'
import { hasPart, searchOf } from './text-search.ts'

/** How often detectors found things: `dog`, `dog>=2`, `"traffic light">1` (in the quotes), `traffic*`. */
export function detectedCondition(node: FieldNode): Condition {
  return anyOf(
    valuesOf(node).map((value) => {
      const tally = node.operator === '~' ? null : parseTally(value.text)
      const label = labelCondition(node, value, tally)
      return countCondition(label, tally ?? { operator: '>=', count: 1 })
    }),
  )
}

/** Words that were read in pictures, also across lines; parts of a line with `~`. */
export function readCondition(node: FieldNode): Condition {
  const search = searchOf('text', node.operator, valuesOf(node))
  const conditions: Condition[] = []
  if (search.match !== null) {
    conditions.push({
      sql: imagesOf(
        `SELECT i.id FROM ocr_index f CROSS JOIN machine_result r ON r.id = f.rowid
         JOIN image i ON i.content_hash = r.image_hash
         WHERE f.ocr_index MATCH ? AND ${newest('ocr')}`,
      ),
      params: [search.match],
    })
  }
  if (search.parts.length > 0) {
    const part = hasPart('r.text', search)
    conditions.push({
      sql: imagesOf(
        `SELECT i.id FROM machine_result r JOIN image i ON i.content_hash = r.image_hash
         WHERE r.task = 'ocr' AND ${part.sql} AND ${newest('ocr')}`,
      ),
      params: part.params,
    })
  }
  return anyOf(conditions)
}

function valuesOf(node: FieldNode): readonly QueryValue[] {
  return node.items.flatMap((item) => (item.kind === 'value' ? [item.value] : []))
}

function labelCondition(node: FieldNode, value: QueryValue, tally: Tally | null): Condition {
  const text = tally?.label ?? value.text
  if (node.operator === '~') return contains('b.label', text)
  if (value.star) return startsWith('b.label', text)
  if (!value.quoted && text.endsWith('*')) return startsWith('b.label', text.slice(0, -1))
  return { sql: 'b.label = ? COLLATE NOCASE', params: [text.toWellFormed()] }
}

/** Where none would do too, every image that a detector looked at is counted; else the index of labels finds them. */
function countCondition(label: Condition, tally: Pick<Tally, 'operator' | 'count'>): Condition {
  const { operator, count } = tally
  const params = [...label.params, count]
  if (holds(0, operator, count)) {
    return {
      sql: imagesOf(
        `SELECT i.id FROM machine_result r JOIN image i ON i.content_hash = r.image_hash
         WHERE r.task = 'detect' AND ${newest('detect')}
           AND (SELECT count(*) FROM box b WHERE b.result_id = r.id AND ${label.sql}) ${operator} ?`,
      ),
      params,
    }
  }
  return {
    sql: imagesOf(
      `SELECT i.id FROM box b JOIN machine_result r ON r.id = b.result_id
       JOIN image i ON i.content_hash = r.image_hash
       WHERE ${label.sql} AND ${newest('detect')}
       GROUP BY i.id HAVING count(*) ${operator} ?`,
    ),
    params,
  }
}

function holds(number: number, operator: Tally['operator'], count: number): boolean {
  switch (operator) {
    case '<':
      return number < count
    case '<=':
      return number <= count
    case '>':
      return number > count
    case '>=':
      return number >= count
    case '=':
      return number === count
  }
}

function imagesOf(select: string): string {
  return `s.image_id IN (${select})`
}

/** The result `r` is the one that counts: the last of its kind for the picture. */
function newest(task: FindingTask): string {
  return `r.id = (SELECT max(n.id) FROM machine_result n WHERE n.image_hash = r.image_hash AND n.task = '${task}')`
}
