import type { Sort } from '../../../../../shared/domain/sort.ts'
import { SORT_LABELS } from '../sort-labels.ts'
import './views.css'

/** What a view holds, in one line that may be cut. */
export function ViewQuery({ query, sort }: { readonly query: string; readonly sort: Sort }) {
  const order = `Order: ${SORT_LABELS[sort.key]}${sort.descending ? ', descending' : ''}`
  return (
    <p className="view-query">
      {query.trim() === '' ? <span>All images</span> : <code title={query}>{query}</code>}
      <small>{order}</small>
    </p>
  )
}
