import { Plus, ScanSearch, X } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { Detail } from '../../../../../shared/contract/judgements.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { classNames } from '../../../components/class-names.ts'
import { Keys } from '../../../components/Keys.tsx'
import './DetailChips.css'

interface DetailChipsProps {
  readonly details: readonly Detail[]
  readonly isReadOnly: boolean
  /** The part of the picture that is shown because somebody asked for it. */
  readonly part: Detail | null
  readonly onInsert: (detail: Detail) => void
  readonly onDismiss: (detail: Detail) => void
  /** Says which one the pointer or the focus is on. */
  readonly onPoint: (detail: Detail | null) => void
}

/**
 * What the picture shows and the caption does not say; one key says it. Parts that no word is known for are shown by the
 * same keys, and say nothing by themselves.
 */
export function DetailChips({
  details,
  isReadOnly,
  part,
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
          <li
            key={detail.id}
            className={classNames('detail', detail.kind === 'region' && 'detail-part')}
          >
            <button
              type="button"
              className="detail-insert"
              disabled={isReadOnly && detail.kind !== 'region'}
              aria-pressed={detail.kind === 'region' ? detail.id === part?.id : undefined}
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
              onClick={(event) => {
                if (!isRepeated(event)) onInsert(detail)
              }}
            >
              {detail.kind === 'region' ? (
                <ScanSearch className="icon" aria-hidden />
              ) : (
                <Plus className="icon" aria-hidden />
              )}
              <span dir="auto">{detail.phrase}</span>
              <Keys keys={keysOf('align.insertDetail', { index })[0] ?? ''} />
            </button>
            <button
              type="button"
              className="detail-dismiss"
              disabled={isReadOnly}
              aria-label={`Dismiss ${detail.phrase}`}
              onClick={(event) => {
                if (!isRepeated(event)) onDismiss(detail)
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

/** The second click of a double click is meant for the chip that was there, and would meet the one that moved up. */
function isRepeated({ detail: clicks }: MouseEvent): boolean {
  return clicks > 1
}

function describe({ probability, source }: Detail): string {
  return probability === null ? source : `${source}, ${Math.round(probability * 100)} %`
}
