import type { Status } from '../../../shared/domain/status.ts'
import { STATUS_LOOKS } from './status-looks.ts'
import './StatusBadge.css'

/** The shape of a status alone; name it beside. */
export function StatusIcon({ status }: { readonly status: Status }) {
  return (
    <svg className={`status-icon status-${status}`} viewBox="0 0 16 16" aria-hidden>
      {STATUS_LOOKS[status].paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}

/** A status by shape, colour and word. */
export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <span className={`status-badge status-${status}`}>
      <StatusIcon status={status} />
      {STATUS_LOOKS[status].label}
    </span>
  )
}
