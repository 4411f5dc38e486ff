import { useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { Revision } from '../../../../../shared/contract/align.ts'
import { findAnchor } from '../../../../../shared/domain/alt-origin.ts'
import type { RevisionId } from '../../../../../shared/domain/ids.ts'
import { useCommandHandlers, useRun } from '../../../commands/CommandProvider.tsx'
import { Button } from '../../../components/Button.tsx'
import { targetKey, type DiffTarget } from '../diff/diff-target.ts'
import type { SettledImage } from '../settled-image.ts'
import { Round } from './Round.tsx'
import './RoundsRail.css'

interface RoundsRailProps {
  readonly image: SettledImage
  readonly target: DiffTarget
  readonly onTarget: (target: DiffTarget) => void
}

const SHOWN_AT_FIRST = 12
const ANCHOR_ROUND = 'anchor'

/** The rounds of an image, newest first, each as a word diff against the text it was made from. */
export function RoundsRail({ image, target, onTarget }: RoundsRailProps) {
  const [isAllShown, setAllShown] = useState(false)
  const newestFirst = useMemo(() => image.revisions.toReversed(), [image.revisions])
  const shown = isAllShown ? newestFirst : newestFirst.slice(0, SHOWN_AT_FIRST)
  const hidden = newestFirst.length - shown.length
  const anchor = findAnchor(image.altTexts)?.text ?? ''
  const keys = [...shown.map((revision) => String(revision.id)), ANCHOR_ROUND]
  const listRef = useRef<HTMLOListElement>(null)
  const walk = useRoundWalk(listRef, keys, image)
  const textOf = (id: RevisionId | null) =>
    image.revisions.find((revision) => revision.id === id)?.text
  return (
    <section className="side-section" aria-label="Rounds">
      <h2 className="side-title">
        Rounds
        <span className="side-note">each against the one before</span>
      </h2>
      <ol ref={listRef} className="rounds" onKeyDown={walk.onKeyDown} onFocus={walk.onFocus}>
        {shown.map((revision) => (
          <Round
            key={revision.id}
            revision={revision}
            reviews={image.reviews.filter((review) => review.revisionId === revision.id)}
            before={textOf(revision.parentId) ?? anchor}
            isHead={revision.id === image.headRevisionId}
            isCompared={targetKey(target) === targetKey(targetOf(revision, image))}
            isInTabOrder={walk.active === String(revision.id)}
            onCompare={() => {
              onTarget(targetOf(revision, image))
            }}
          />
        ))}
        {hidden > 0 && (
          <li>
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                setAllShown(true)
              }}
            >
              Show {hidden} older
            </Button>
          </li>
        )}
        <li className="round">
          <span className="round-mark" aria-hidden />
          <button
            type="button"
            className="round-main"
            title="Compare the caption with the anchor"
            data-round={ANCHOR_ROUND}
            tabIndex={walk.active === ANCHOR_ROUND ? 0 : -1}
            aria-pressed={target.kind === 'anchor'}
            onClick={() => {
              onTarget({ kind: 'anchor' })
            }}
          >
            <span className="round-head">
              <strong>Round 0</strong> the anchor
            </span>
            <span className="round-text round-anchor" dir="auto">
              {anchor === '' ? 'no alt-text' : anchor}
            </span>
          </button>
        </li>
      </ol>
    </section>
  )
}

function targetOf(revision: Revision, image: SettledImage): DiffTarget {
  return revision.id === image.headRevisionId
    ? { kind: 'previous' }
    : { kind: 'revision', revisionId: revision.id }
}

/** One stop of Tab for the whole list, which the arrow keys walk; the keys of the rail. */
function useRoundWalk(
  listRef: RefObject<HTMLOListElement | null>,
  keys: readonly string[],
  image: SettledImage,
) {
  const run = useRun()
  const [focused, setFocused] = useState<string | null>(null)
  const active = focused !== null && keys.includes(focused) ? focused : keys[0]
  const focus = (key: string | undefined) => {
    listRef.current?.querySelector<HTMLElement>(`[data-round="${key ?? ''}"]`)?.focus()
  }
  const revisionInFocus = () => {
    const key = roundOf(document.activeElement)
    return image.revisions.find((revision) => String(revision.id) === key)
  }
  useCommandHandlers({
    'align.focusRounds': {
      run: () => {
        focus(active)
      },
    },
    'align.restoreRound': {
      isEnabled: () => (revisionInFocus()?.id ?? image.headRevisionId) !== image.headRevisionId,
      run: () => {
        const revision = revisionInFocus()
        if (revision !== undefined) run('align.restore', { revisionId: revision.id })
      },
    },
  })
  return {
    active,
    onFocus: ({ target }: { readonly target: EventTarget }) => {
      const key = target instanceof Element ? roundOf(target) : undefined
      if (key !== undefined) setFocused(key)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const at = keys.indexOf(roundOf(document.activeElement) ?? '')
      const places = new Map([
        ['ArrowDown', at + 1],
        ['ArrowUp', at - 1],
        ['Home', 0],
        ['End', keys.length - 1],
      ])
      const next = places.get(event.key)
      if (at < 0 || next === undefined || event.altKey) return
      event.preventDefault()
      focus(keys[Math.min(Math.max(next, 0), keys.length - 1)])
    },
  }
}

function roundOf(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset['round'] : undefined
}
