import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileQuestion, FileWarning } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LibraryFacets } from '../../../../shared/contract/library.ts'
import { hasTerm, toggleTerm } from '../../../../shared/domain/query/terms.ts'
import { STATUSES } from '../../../../shared/domain/status.ts'
import { api } from '../../api/client.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { formatCount } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { StatusIcon } from '../../components/StatusBadge.tsx'
import { STATUS_LOOKS } from '../../components/status-looks.ts'
import { StatusShares } from './StatusShares.tsx'
import './Facets.css'

interface FacetsProps {
  readonly query: string
}

/** Counts over what matches; a click adds the term to the query or takes it away. */
export function Facets({ query }: FacetsProps) {
  const facets = useQuery({
    ...api.library.facets.queryOptions({ input: { query } }),
    placeholderData: keepPreviousData,
  })
  if (facets.data === undefined) return <FacetsSkeleton />
  const { byStatus, tags, missing, broken } = facets.data
  return (
    <aside className="facets" aria-label="Filters">
      <section>
        <h2>Status</h2>
        <StatusShares byStatus={byStatus} />
        <ul>
          {STATUSES.map((status) => (
            <Facet
              key={status}
              query={query}
              field="status"
              value={status}
              count={countOf(byStatus, status)}
              icon={<StatusIcon status={status} />}
              label={STATUS_LOOKS[status].label}
            />
          ))}
        </ul>
      </section>
      {(missing > 0 || broken > 0 || query.includes('is:')) && (
        <section>
          <h2>Trouble</h2>
          <ul>
            <Facet
              query={query}
              field="is"
              value="missing"
              count={missing}
              icon={<FileQuestion className="icon" aria-hidden />}
              label="file missing"
            />
            <Facet
              query={query}
              field="is"
              value="broken"
              count={broken}
              icon={<FileWarning className="icon" aria-hidden />}
              label="file broken"
            />
          </ul>
        </section>
      )}
      <section>
        <h2>Tags</h2>
        {tags.length === 0 ? (
          <p className="facets-hint">Select images and press T to tag them.</p>
        ) : (
          <ul>
            {tags.map((tag) => (
              <Facet
                key={tag.name}
                query={query}
                field="tag"
                value={tag.name}
                count={tag.count}
                label={tag.name}
              />
            ))}
          </ul>
        )}
      </section>
    </aside>
  )
}

interface FacetProps {
  readonly query: string
  readonly field: 'status' | 'tag' | 'is'
  readonly value: string
  readonly count: number
  readonly icon?: ReactNode
  readonly label: string
}

function Facet({ query, field, value, count, icon, label }: FacetProps) {
  const run = useRun()
  const isOn = hasTerm(query, field, value)
  return (
    <li>
      <button
        type="button"
        className="facet"
        aria-pressed={isOn}
        data-empty={count === 0}
        onClick={() => run('library.setQuery', { query: toggleTerm(query, field, value) })}
      >
        {icon}
        <span className="facet-label" dir="auto">
          {label}
        </span>
        <span className="numeric">{formatCount(count)}</span>
      </button>
    </li>
  )
}

function countOf(byStatus: LibraryFacets['byStatus'], status: string): number {
  return byStatus[status] ?? 0
}

function FacetsSkeleton() {
  return (
    <aside className="facets" aria-label="Filters" aria-busy>
      <section>
        <h2>Status</h2>
        {STATUSES.map((status) => (
          <p key={status} className="facet">
            <Skeleton height="14px" />
          </p>
        ))}
      </section>
    </aside>
  )
}
