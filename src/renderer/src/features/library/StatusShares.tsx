import type { LibraryFacets } from '../../../../shared/contract/library.ts'
import { STATUSES } from '../../../../shared/domain/status.ts'
import { STATUS_LOOKS } from '../../components/status-looks.ts'

interface StatusSharesProps {
  readonly byStatus: LibraryFacets['byStatus']
}

/** One bar that shows how the work stands; the list below says the same in numbers. */
export function StatusShares({ byStatus }: StatusSharesProps) {
  const total = STATUSES.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0)
  const finished = (byStatus['accepted'] ?? 0) + (byStatus['submitted'] ?? 0)
  const share = total === 0 ? 0 : Math.floor((finished / total) * 100)
  return (
    <div
      className="status-shares"
      role="img"
      aria-label={`${share} percent submitted or accepted`}
      title={`${share} % submitted or accepted`}
    >
      {STATUSES.toReversed().map((status) => (
        <span
          key={status}
          className={`status-share status-${status}`}
          title={STATUS_LOOKS[status].label}
          style={{ flexGrow: byStatus[status] ?? 0 }}
        />
      ))}
    </div>
  )
}
