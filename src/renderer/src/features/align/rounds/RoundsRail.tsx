import { findAnchor } from '../../../../../shared/domain/alt-origin.ts'
import { RotateCcw } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { AlignImage, Revision } from '../../../../../shared/contract/align.ts'
import type { RevisionId } from '../../../../../shared/domain/ids.ts'
import { diffWords } from '../../../../../shared/domain/word-diff.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { Button } from '../../../components/Button.tsx'
import { classNames } from '../../../components/class-names.ts'
import { IconButton } from '../../../components/IconButton.tsx'
import { formatAgo } from '../../../components/quantities.ts'
import type { DiffTarget } from '../diff/diff-target.ts'
import { useNow } from './use-now.ts'
import { WordDiffView } from '../diff/WordDiffView.tsx'
import './RoundsRail.css'

interface RoundsRailProps {
  readonly image: AlignImage
  readonly target: DiffTarget
  readonly onTarget: (target: DiffTarget) => void
}

const SHOWN_AT_FIRST = 12

/** The rounds of an image, newest first, each as a word diff against the text it was made from. */
export function RoundsRail({ image, target, onTarget }: RoundsRailProps) {
  const [isAllShown, setAllShown] = useState(false)
  const newestFirst = image.revisions.toReversed()
  const shown = isAllShown ? newestFirst : newestFirst.slice(0, SHOWN_AT_FIRST)
  const hidden = newestFirst.length - shown.length
  const anchor = findAnchor(image.altTexts)?.text ?? ''
  return (
    <section className="side-section" aria-label="Rounds">
      <h2 className="side-title">
        Rounds
        <span className="side-note">each against the one before</span>
      </h2>
      <ol className="rounds">
        {shown.map((revision) => (
          <Round
            key={revision.id}
            revision={revision}
            before={findText(image.revisions, revision.parentId) ?? anchor}
            isHead={revision.id === image.headRevisionId}
            isCompared={target.kind === 'revision' && target.revisionId === revision.id}
            onCompare={() => {
              onTarget(
                revision.id === image.headRevisionId
                  ? { kind: 'previous' }
                  : { kind: 'revision', revisionId: revision.id },
              )
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

interface RoundProps {
  readonly revision: Revision
  readonly before: string
  readonly isHead: boolean
  readonly isCompared: boolean
  readonly onCompare: () => void
}

function Round({ revision, before, isHead, isCompared, onCompare }: RoundProps) {
  const run = useRun()
  const diff = useMemo(() => diffWords(before, revision.text), [before, revision.text])
  const now = useNow()
  const { author, round, note, createdAt, isWithdrawn } = revision
  return (
    <li
      className={classNames(
        'round',
        isHead && 'round-is-head',
        isWithdrawn && 'round-is-withdrawn',
        isCompared && 'round-is-compared',
      )}
    >
      <span className="round-mark" aria-hidden />
      <button
        type="button"
        className="round-main"
        title="Compare the caption with this round"
        aria-pressed={isCompared}
        onClick={onCompare}
      >
        <span className="round-head">
          <strong>Round {round}</strong> {author.name}
          {author.kind !== 'human' && ` (${author.kind})`}
          <time dateTime={new Date(createdAt).toISOString()}>{formatAgo(createdAt, now)}</time>
          {isHead && <em>current</em>}
          {isWithdrawn && <em>withdrawn</em>}
        </span>
        <WordDiffView diff={diff} className="round-text" />
        {note !== '' && <span className="round-note">{note}</span>}
      </button>
      {!isHead && (
        <IconButton
          className="round-restore"
          icon={RotateCcw}
          label="Restore this text as a new revision"
          onClick={() => run('align.restore', { revisionId: revision.id })}
        />
      )}
    </li>
  )
}

function findText(revisions: readonly Revision[], id: RevisionId | null): string | undefined {
  return revisions.find((revision) => revision.id === id)?.text
}
