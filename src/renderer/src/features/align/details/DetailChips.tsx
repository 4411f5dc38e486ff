import { Plus, X } from 'lucide-react'
import type { Detail } from '../../../../../shared/contract/judgements.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { Keys } from '../../../components/Keys.tsx'
import './DetailChips.css'

interface DetailChipsProps {
  readonly details: readonly Detail[]
  readonly isReadOnly: boolean
  readonly onInsert: (detail: Detail) => void
  readonly onDismiss: (detail: Detail) => void
  /** Says which one the pointer or the focus is on. */
  readonly onPoint: (detail: Detail | null) => void
}

/** What the picture shows and the caption does not say; one key says it. */
export function DetailChips({
  details,
  isReadOnly,
  onInsert,
  onDismiss,
  onPoint,
}: DetailChipsProps) {
  if (details.length === 0) return null
  return (
    <section className="side-section" aria-label="Seen and unsaid">
      <h2 className="side-title">Seen and unsaid</h2>
      <ul className="details">
        {details.map((detail, index) => (
          <li key={detail.id} className="detail">
            <button
              type="button"
              className="detail-insert"
              disabled={isReadOnly}
              title={describe(detail)}
              onPointerEnter={() => {
                onPoint(detail)
              }}
              onPointerLeave={() => {
                onPoint(null)
              }}
              onFocus={() => {
                onPoint(detail)
              }}
              onBlur={() => {
                onPoint(null)
              }}
              onClick={() => {
                onInsert(detail)
              }}
            >
              <Plus className="icon" aria-hidden />
              <span dir="auto">{detail.phrase}</span>
              <Keys keys={keysOf('align.insertDetail', { index })[0] ?? ''} />
            </button>
            <button
              type="button"
              className="detail-dismiss"
              disabled={isReadOnly}
              aria-label={`Dismiss ${detail.phrase}`}
              onClick={() => {
                onDismiss(detail)
              }}
            >
              <X className="icon" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function describe({ probability, source }: Detail): string {
  return probability === null ? source : `${source}, ${Math.round(probability * 100)} %`
}
