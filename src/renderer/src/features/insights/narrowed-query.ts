import { parseQuery } from '../../../../shared/domain/query/parser.ts'
import { DEFAULT_LISTING, libraryPath } from '../../navigation/listing.ts'

/** The images of a query that a term holds for as well. */
export function narrowedQuery(query: string, term: string): string {
  if (query.trim() === '') return term
  const parsed = parseQuery(query)
  return parsed.ok && parsed.ast?.kind === 'or' ? `(${query}) ${term}` : `${query} ${term}`
}

/** The library's address with the images of a query. */
export function queryPath(query: string): string {
  return libraryPath({ ...DEFAULT_LISTING, query })
}
