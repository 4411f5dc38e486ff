import type { FieldName } from './fields.ts'

/** Positions are UTF-16 offsets into the query's text; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface QueryError extends Span {
  readonly message: string
}

/** `star` says that a `*` follows the text: any ending will do. In a quoted value every character is literal. */
export interface QueryValue extends Span {
  readonly text: string
  readonly quoted: boolean
  readonly star: boolean
}

export type CompareOperator = '<' | '<=' | '>' | '>='

export type QueryItem =
  | { readonly kind: 'value'; readonly value: QueryValue }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly value: QueryValue }
  | { readonly kind: 'range'; readonly from: QueryValue | null; readonly to: QueryValue | null }

/** `field:a,b` (any of the items) or `field~text` (contains). */
export interface FieldNode extends Span {
  readonly kind: 'field'
  readonly field: FieldName
  readonly operator: ':' | '~'
  readonly items: readonly QueryItem[]
}

/** A bare word or phrase: looked for in alt-texts and captions. */
export interface TextNode extends Span {
  readonly kind: 'text'
  readonly value: QueryValue
}

/** An `and` never holds an `and` directly, nor an `or` an `or`: the parser flattens them. */
export interface GroupNode extends Span {
  readonly kind: 'and' | 'or'
  readonly nodes: readonly QueryNode[]
}

export interface NotNode extends Span {
  readonly kind: 'not'
  readonly node: QueryNode
}

export type QueryNode = FieldNode | TextNode | GroupNode | NotNode

/** A whole query; null for an empty one, which matches every image. */
export type QueryAst = QueryNode | null
