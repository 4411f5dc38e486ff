import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import './EmptyState.css'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
  /** What to do next, as buttons. */
  readonly actions?: ReactNode
  readonly tone?: 'plain' | 'error'
}

/** What a place says when it has nothing to show: why, and what to do. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
  tone = 'plain',
}: EmptyStateProps) {
  return (
    <div className={`empty empty-${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <span className="empty-icon">
        <Icon aria-hidden strokeWidth={1.5} />
      </span>
      <h2>{title}</h2>
      {children !== undefined && <div className="empty-text">{children}</div>}
      {actions !== undefined && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
