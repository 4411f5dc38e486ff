import type { GroupNode, QueryAst, QueryError, QueryNode, Span } from './ast.ts'
import { QueryMistake } from './mistake.ts'
import { tokenize, type Token } from './lexer.ts'
import { checkText, readField, type TokenReader } from './field-term.ts'

export type ParseResult =
  { readonly ok: true; readonly ast: QueryAst } | { readonly ok: false; readonly error: QueryError }

/** Bounds that keep the SQL made from a query inside SQLite's own limits. */
const MAX_TERMS = 200
const MAX_DEPTH = 30

/** Reads a query; any string gives either a tree or an error with its place, never an exception. */
export function parseQuery(source: string): ParseResult {
  const parser = new Parser(tokenize(source).filter((token) => token.kind !== 'space'))
  try {
    return { ok: true, ast: parser.parse() }
  } catch (error) {
    if (error instanceof QueryMistake) return { ok: false, error: error.error }
    throw error
  }
}

class Parser implements TokenReader {
  readonly #tokens: readonly Token[]
  #index = 0
  #depth = 0
  #terms = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): QueryAst {
    if (this.#tokens.length === 0) return null
    const node = this.#parseOr()
    const rest = this.peek()
    if (rest !== null) throw new QueryMistake('This ) closes nothing; remove it', rest)
    return node
  }

  peek(): Token | null {
    return this.#tokens[this.#index] ?? null
  }

  take(): Token | null {
    const token = this.peek()
    this.#index += 1
    return token
  }

  #parseOr(): QueryNode {
    const nodes = [this.#parseAnd()]
    while (this.#takeKeyword('OR') !== null) nodes.push(this.#parseAnd())
    return group('or', nodes)
  }

  #parseAnd(): QueryNode {
    const nodes = [this.#parseUnary()]
    for (;;) {
      const next = this.peek()
      if (next === null || next.kind === 'close' || isKeywordToken(next, 'OR')) break
      this.#takeKeyword('AND')
      nodes.push(this.#parseUnary())
    }
    return group('and', nodes)
  }

  #parseUnary(): QueryNode {
    const token = this.peek()
    if (token === null) throw this.#missingTerm()
    const isMinus = token.kind === 'minus'
    if (!isMinus && !isKeywordToken(token, 'NOT')) return this.#parsePrimary()
    this.take()
    const next = this.peek()
    if (isMinus && next?.start !== token.end) {
      throw new QueryMistake('Expected a term right after -, or "-" in quotes', token)
    }
    const node = this.#nested(token, () => this.#parseUnary())
    return { kind: 'not', node, start: token.start, end: node.end }
  }

  #parsePrimary(): QueryNode {
    const token = this.peek()
    if (token === null || token.kind === 'close' || token.kind === 'keyword') {
      throw this.#missingTerm()
    }
    this.take()
    if (token.kind === 'open') return this.#parseParentheses(token)
    this.#countTerm(token)
    if (token.kind === 'field') return readField(token, this)
    return { kind: 'text', value: checkText(token), start: token.start, end: token.end }
  }

  #parseParentheses(open: Token): QueryNode {
    if (this.peek()?.kind === 'close') {
      throw new QueryMistake('Expected a term between ( and )', {
        start: open.start,
        end: this.peek()?.end ?? open.end,
      })
    }
    const node = this.#nested(open, () => this.#parseOr())
    const close = this.take()
    if (close === null) throw new QueryMistake('This ( is not closed; add a )', open)
    return node
  }

  #nested(at: Span, read: () => QueryNode): QueryNode {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) {
      throw new QueryMistake(`Nested too deeply; at most ${MAX_DEPTH} levels work`, at)
    }
    const node = read()
    this.#depth -= 1
    return node
  }

  #countTerm(at: Span): void {
    this.#terms += 1
    if (this.#terms > MAX_TERMS) {
      throw new QueryMistake(`Too many terms; at most ${MAX_TERMS} work`, at)
    }
  }

  #takeKeyword(word: string): Token | null {
    const token = this.peek()
    return token !== null && isKeywordToken(token, word) ? this.take() : null
  }

  #missingTerm(): QueryMistake {
    const token = this.peek()
    const before = this.#tokens[this.#index - 1] ?? null
    if (before === null) {
      return new QueryMistake(`Expected a term before ${token?.text ?? ''}`, token ?? START)
    }
    const came = token === null ? 'the query ends' : `came ${token.text}`
    return new QueryMistake(`Expected a term after ${before.text}, but ${came}`, token ?? before)
  }
}

const START: Span = { start: 0, end: 0 }

function isKeywordToken(token: Token, word: string): boolean {
  return token.kind === 'keyword' && token.text === word
}

/** Flattens groups of the same kind, so that `(a b) c` and `a b c` are one tree. */
function group(kind: GroupNode['kind'], nodes: readonly QueryNode[]): QueryNode {
  const first = nodes[0]
  const last = nodes.at(-1)
  if (first === undefined || last === undefined) throw new Error('a group has members')
  if (nodes.length === 1) return first
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.nodes : [node]))
  return { kind, nodes: flat, start: first.start, end: last.end }
}
