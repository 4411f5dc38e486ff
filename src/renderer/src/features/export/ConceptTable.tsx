import { useState, type CSSProperties } from 'react'
import type { SubsetConcept } from '../../../../shared/contract/subset.ts'
import { formatCount } from '../../components/quantities.ts'

/** Of a row, in CSS too. */
const ROW_PX = 26
/** Rows beside those in sight, so that none is missing while it scrolls. */
const SPARE = 12
const SHOWN = 9

const COLUMNS = [
  { key: 'concept', label: 'Concept' },
  { key: 'found', label: 'Images' },
  { key: 'kept', label: 'Kept' },
] as const
type Column = (typeof COLUMNS)[number]['key']

interface ConceptTableProps {
  /** The most frequent first. */
  readonly concepts: readonly SubsetConcept[]
}

/** How many images each concept has and keeps; long lists are scrolled in place, and hold only the rows in sight. */
export function ConceptTable({ concepts }: ConceptTableProps) {
  const [by, setBy] = useState<{ column: Column; isUp: boolean }>({ column: 'found', isUp: false })
  const [top, setTop] = useState(0)
  const sorted = sortConcepts(concepts, by)
  const from = Math.max(0, Math.min(Math.floor(top / ROW_PX), sorted.length - SHOWN) - SPARE)
  const to = Math.min(sorted.length, from + SHOWN + 2 * SPARE)
  return (
    <div
      className="concept-table"
      role="region"
      aria-label="Concepts and their images"
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop)
      }}
    >
      <table aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ key, label }) => {
              const isBy = by.column === key
              return (
                <th
                  key={key}
                  scope="col"
                  aria-sort={isBy ? (by.isUp ? 'ascending' : 'descending') : undefined}
                >
                  <button
                    type="button"
                    onClick={() => {
                      setBy({ column: key, isUp: isBy ? !by.isUp : key === 'concept' })
                    }}
                  >
                    {label}
                    <span aria-hidden>{isBy ? (by.isUp ? ' ↑' : ' ↓') : ''}</span>
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          <Gap rows={from} />
          {sorted.slice(from, to).map(({ concept, found, kept }, index) => (
            <tr key={concept} aria-rowindex={from + index + 2}>
              <th scope="row" dir="auto" title={concept}>
                {concept}
              </th>
              <td>{formatCount(found)}</td>
              <td data-thinned={kept < found || undefined}>
                {formatCount(kept)}
                <span
                  className="concept-share"
                  style={{ '--share': found === 0 ? 0 : kept / found } as CSSProperties}
                  aria-hidden
                />
              </td>
            </tr>
          ))}
          <Gap rows={sorted.length - to} />
        </tbody>
      </table>
    </div>
  )
}

/** Stands for rows that are out of sight. */
function Gap({ rows }: { readonly rows: number }) {
  if (rows <= 0) return null
  return (
    <tr aria-hidden style={{ height: rows * ROW_PX }}>
      <td colSpan={COLUMNS.length} />
    </tr>
  )
}

function sortConcepts(
  concepts: readonly SubsetConcept[],
  { column, isUp }: { readonly column: Column; readonly isUp: boolean },
): readonly SubsetConcept[] {
  const sign = isUp ? 1 : -1
  return concepts.toSorted((one, other) =>
    column === 'concept'
      ? sign * (one.concept < other.concept ? -1 : one.concept > other.concept ? 1 : 0)
      : sign * (one[column] - other[column]),
  )
}
