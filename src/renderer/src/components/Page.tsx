import type { ReactNode } from 'react'
import './Page.css'

interface PageProps {
  readonly title: string
  /** One sentence on what the screen is for. */
  readonly lead?: string
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A screen that is read from top to bottom, such as Import or Settings. */
export function Page({ title, lead, actions, children }: PageProps) {
  return (
    <div className="page">
      <div className="page-inner">
        <div className="page-head">
          <div>
            <h1>{title}</h1>
            {lead !== undefined && <p>{lead}</p>}
          </div>
          {actions !== undefined && <div className="page-actions">{actions}</div>}
        </div>
        {children}
      </div>
    </div>
  )
}

interface PanelProps {
  readonly title?: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** One framed part of a page. */
export function Panel({ title, aside, children }: PanelProps) {
  return (
    <section className="panel">
      {title !== undefined && (
        <div className="panel-head">
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}

/** A short text that stands out: a warning or an error beside what it is about. */
export function Callout({
  tone,
  children,
}: {
  readonly tone: 'warning' | 'error' | 'info'
  readonly children: ReactNode
}) {
  return (
    <div className={`callout callout-${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      {children}
    </div>
  )
}
