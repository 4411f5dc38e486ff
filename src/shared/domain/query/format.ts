import type { QueryAst, QueryItem, QueryNode, QueryValue } from './ast.ts'

/** Writes a tree as text in one canonical way: reading that text gives the same tree again. */
export function formatQuery(ast: QueryAst): string {
  return ast === null ? '' : formatNode(ast)
}

function formatNode(node: QueryNode): string {
  switch (node.kind) {
    case 'and':
      return node.nodes.map(formatMember).join(' ')
    case 'or':
      return node.nodes.map(formatNode).join(' OR ')
    case 'not':
      return `-${node.node.kind === 'and' ? `(${formatNode(node.node)})` : formatMember(node.node)}`
    case 'text':
      return formatValue(node.value)
    case 'field':
      return `${node.field}${node.operator}${node.items.map(formatItem).join(',')}`
  }
}

/** Only an OR inside an AND needs parentheses: AND binds tighter and nested groups of a kind are flat. */
function formatMember(node: QueryNode): string {
  return node.kind === 'or' ? `(${formatNode(node)})` : formatNode(node)
}

function formatItem(item: QueryItem): string {
  switch (item.kind) {
    case 'value':
      return formatValue(item.value)
    case 'compare':
      return `${item.operator}${formatValue(item.value)}`
    case 'range':
      return `${item.from === null ? '' : formatValue(item.from)}..${item.to === null ? '' : formatValue(item.to)}`
  }
}

function formatValue(value: Pick<QueryValue, 'text' | 'quoted' | 'star'>): string {
  const star = value.star ? '*' : ''
  if (!value.quoted) return `${value.text}${star}`
  return `"${value.text.replaceAll(/["\\]/gu, '\\$&')}"${star}`
}

/** A value for any text, quoted only where the text needs it. */
export function quoteValue(text: string): string {
  return formatValue(toValue(text))
}

/** The value that means exactly this text. */
export function toValue(text: string): QueryValue {
  const quoted = !/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(text)
  return { text, quoted, star: false, start: 0, end: 0 }
}
