import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { thumbnailUrl } from '../../../api/media-url.ts'
import { StatusIcon } from '../../../components/StatusBadge.tsx'
import { STATUS_LOOKS } from '../../../components/status-looks.ts'
import './NeighbourStrip.css'

interface NeighbourStripProps {
  readonly rows: readonly LibraryRow[]
  readonly imageId: ImageId
  readonly onGo: (imageId: ImageId) => void
}

/** The images before and after, in the order of the listing. Arrow keys move, Enter opens. */
export function NeighbourStrip({ rows, imageId, onGo }: NeighbourStripProps) {
  const list = useRef<HTMLOListElement>(null)
  const currentIndex = rows.findIndex((row) => row.id === imageId)
  useLayoutEffect(() => {
    const strip = list.current
    const current = strip?.querySelector<HTMLElement>('[aria-current]')
    if (strip == null || current == null) return
    // A little is kept in sight behind the current one; most of the room shows what comes.
    strip.scrollLeft =
      current.offsetLeft - Math.min(strip.clientWidth * 0.4, current.offsetWidth * 3.5)
  }, [currentIndex, imageId])
  return (
    <ol ref={list} className="strip" aria-label="Images around this one" onKeyDown={moveFocus}>
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className="strip-image"
            aria-current={row.id === imageId ? 'true' : undefined}
            aria-label={`${row.name}, ${STATUS_LOOKS[row.status].label}`}
            tabIndex={row.id === imageId ? 0 : -1}
            title={row.name}
            onClick={() => {
              onGo(row.id)
            }}
          >
            {row.problem === null ? (
              <img src={thumbnailUrl(row, 256)} alt="" draggable={false} />
            ) : (
              <span className="strip-broken" aria-hidden>
                no picture
              </span>
            )}
            {row.status !== 'todo' && (
              <span className={`strip-status status-${row.status}`}>
                <StatusIcon status={row.status} />
              </span>
            )}
          </button>
        </li>
      ))}
    </ol>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const index = buttons.findIndex((button) => button === document.activeElement)
  const next = buttons[index + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
