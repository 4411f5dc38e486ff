import type { Span } from './ast.ts'
import { findField } from './fields.ts'
import { tokenize, type Token } from './lexer.ts'

export type HighlightKind =
  | 'space'
  | 'parenthesis'
  | 'not'
  | 'keyword'
  | 'field'
  | 'unknown-field'
  | 'operator'
  | 'value'
  | 'text'

export interface HighlightToken extends Span {
  readonly kind: HighlightKind
}

/** Cuts any query into coloured pieces that cover all of it, in order. */
export function highlight(query: string): readonly HighlightToken[] {
  return tokenize(query).map((token) => ({
    kind: highlightKind(token),
    start: token.start,
    end: token.end,
  }))
}

function highlightKind(token: Token): HighlightKind {
  switch (token.kind) {
    case 'open':
    case 'close':
      return 'parenthesis'
    case 'minus':
      return 'not'
    case 'comma':
      return 'operator'
    case 'field':
      return findField(token.text) === null ? 'unknown-field' : 'field'
    case 'keyword':
      return token.text === 'NOT' ? 'not' : 'keyword'
    case 'space':
    case 'operator':
    case 'value':
    case 'text':
      return token.kind
  }
}
