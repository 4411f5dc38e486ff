import { AppError } from '../../../shared/errors.ts'
import type { QueryAst, QueryNode } from '../../../shared/domain/query/ast.ts'
import { parseQuery } from '../../../shared/domain/query/parser.ts'
import { ALWAYS, allOf, anyOf, not, type Condition } from './condition.ts'
import type { Asked } from './query-asked.ts'
import { fieldCondition } from './query-fields-sql.ts'
import { probeText, searchOf } from './text-search.ts'

/** Reads a query's text; throws QUERY_INVALID with the place of the mistake in `data`. */
export function readQuery(text: string): QueryAst {
  const result = parseQuery(text)
  if (result.ok) return result.ast
  const { message, start, end } = result.error
  throw new AppError('QUERY_INVALID', message, { data: { start, end } })
}

/**
 * The query as a condition on the row `s` of image_state.
 * Texts are looked into per row, which suits few rows; `image-sets.ts` finds all images of a query faster.
 */
export function toCondition(ast: QueryAst, asked: Asked): Condition {
  return ast === null ? ALWAYS : nodeCondition(ast, asked)
}

function nodeCondition(node: QueryNode, asked: Asked): Condition {
  switch (node.kind) {
    case 'and':
      return allOf(node.nodes.map((child) => nodeCondition(child, asked)))
    case 'or':
      return anyOf(node.nodes.map((child) => nodeCondition(child, asked)))
    case 'not':
      return not(nodeCondition(node.node, asked))
    case 'text':
      return probeText(searchOf('text', ':', [node.value]))
    case 'field':
      return fieldCondition(node, asked)
  }
}
