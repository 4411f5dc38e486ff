import type { QueryError, Span } from './ast.ts'

/** Carries a parse error out of the recursive descent; never leaves `parseQuery`. */
export class QueryMistake extends Error {
  readonly error: QueryError

  constructor(message: string, at: Span) {
    super(message)
    this.error = { message, start: at.start, end: at.end }
  }
}
