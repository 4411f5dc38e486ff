import type { FieldNode, QueryAst, QueryItem, QueryNode } from './ast.ts'
import type { FieldName } from './fields.ts'
import { formatQuery, quoteValue, toValue } from './format.ts'
import { parseQuery } from './parser.ts'

/** Whether every match of the query must have this value of the field: a term of its own at the top, like `tag:a,b`. */
export function hasTerm(query: string, field: FieldName, value: string): boolean {
  const parsed = parseQuery(query)
  return parsed.ok && topNodes(parsed.ast).some((node) => holdsValue(node, field, value))
}

/**
 * The query with the value of the field added (`tag:a` becomes `tag:a,b`) or, when it is there, taken away; used by
 * the facets. An excluded value (`-tag:a`) becomes a wanted one. A query with a mistake gets the term appended.
 */
export function toggleTerm(query: string, field: FieldName, value: string): string {
  const parsed = parseQuery(query)
  if (!parsed.ok) return `${query.trim()} ${field}:${quoteValue(value)}`
  const nodes = topNodes(parsed.ast)
  const isOn = nodes.some((node) => holdsValue(node, field, value))
  const changed = isOn
    ? nodes.flatMap((node) => withoutValue(node, field, value))
    : withValue(
        nodes.filter((node) => !excludesValue(node, field, value)),
        field,
        value,
      )
  return formatQuery(joinNodes(changed))
}

/** The query without its own top-level terms of a field: what that field's facet counts are counted over. */
export function withoutField(ast: QueryAst, field: FieldName): QueryAst {
  const kept = topNodes(ast).filter((node) => !(isListTerm(node) && node.field === field))
  return kept.length === topNodes(ast).length ? ast : joinNodes(kept)
}

/** What must all hold. */
export function topNodes(ast: QueryAst): readonly QueryNode[] {
  if (ast === null) return []
  return ast.kind === 'and' ? ast.nodes : [ast]
}

export function joinNodes(nodes: readonly QueryNode[]): QueryAst {
  const first = nodes[0]
  if (first === undefined) return null
  if (nodes.length === 1) return first
  return { kind: 'and', nodes, start: first.start, end: nodes.at(-1)?.end ?? first.end }
}

function isListTerm(node: QueryNode): node is FieldNode {
  return node.kind === 'field' && node.operator === ':'
}

function isItem(item: QueryItem, value: string): boolean {
  return (
    item.kind === 'value' &&
    !item.value.star &&
    item.value.text.toLowerCase() === value.toLowerCase()
  )
}

function holdsValue(node: QueryNode, field: FieldName, value: string): boolean {
  return isListTerm(node) && node.field === field && node.items.some((item) => isItem(item, value))
}

function excludesValue(node: QueryNode, field: FieldName, value: string): boolean {
  return (
    node.kind === 'not' &&
    isListTerm(node.node) &&
    node.node.items.length === 1 &&
    holdsValue(node.node, field, value)
  )
}

function withoutValue(node: QueryNode, field: FieldName, value: string): readonly QueryNode[] {
  if (!isListTerm(node) || node.field !== field) return [node]
  const items = node.items.filter((item) => !isItem(item, value))
  return items.length === 0 ? [] : [{ ...node, items }]
}

function withValue(
  nodes: readonly QueryNode[],
  field: FieldName,
  value: string,
): readonly QueryNode[] {
  const item: QueryItem = { kind: 'value', value: toValue(value) }
  const at = nodes.findIndex((node) => isListTerm(node) && node.field === field)
  if (at < 0) {
    return [...nodes, { kind: 'field', field, operator: ':', items: [item], start: 0, end: 0 }]
  }
  return nodes.map((node, index) =>
    index === at && isListTerm(node) ? { ...node, items: [...node.items, item] } : node,
  )
}
