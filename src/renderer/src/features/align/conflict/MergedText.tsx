import type { MergeChunk } from '../../../../../shared/domain/three-way-merge.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { classNames } from '../../../components/class-names.ts'
import { Keys } from '../../../components/Keys.tsx'
import {
  chosenText,
  conflictKey,
  listConflicts,
  type ConflictChunk,
  type MergeChoice,
} from './merge-choices.ts'

interface MergedTextProps {
  readonly chunks: readonly MergeChunk[]
  readonly choices: ReadonlyMap<string, MergeChoice>
  /** The place that the keys act on. */
  readonly current: ConflictChunk | undefined
  readonly onChoose: (conflict: ConflictChunk, choice: MergeChoice) => void
}

/** The merge as one text: what each side brought in, and the places where a person chooses. */
export function MergedText({ chunks, choices, current, onChoose }: MergedTextProps) {
  const conflicts = listConflicts(chunks)
  return (
    <div className="conflict-text" dir="auto">
      {chunks.map((chunk, index) =>
        chunk.kind === 'conflict' ? (
          <Place
            key={index}
            label={`Place ${conflicts.indexOf(chunk) + 1} of ${conflicts.length}`}
            conflict={chunk}
            choice={choices.get(conflictKey(chunk))}
            isCurrent={chunk === current}
            onChoose={onChoose}
          />
        ) : (
          <Merged key={index} chunk={chunk} />
        ),
      )}
    </div>
  )
}

function Merged({ chunk }: { readonly chunk: Exclude<MergeChunk, ConflictChunk> }) {
  if (chunk.kind === 'same') return chunk.text
  if (chunk.kind === 'both') return chunk.text
  const side = chunk.kind === 'mine' ? 'yours' : 'theirs'
  return (
    <>
      {chunk.base.trim() !== '' && <del title={`taken out, ${side}`}>{chunk.base}</del>}
      {chunk.text !== '' && (
        <ins className={`merge-${chunk.kind}`} title={`only ${side}`}>
          {chunk.text}
        </ins>
      )}
    </>
  )
}

interface PlaceProps {
  readonly label: string
  readonly conflict: ConflictChunk
  readonly choice: MergeChoice | undefined
  readonly isCurrent: boolean
  readonly onChoose: (conflict: ConflictChunk, choice: MergeChoice) => void
}

const CHOICES = [
  { choice: 'mine', id: 'conflict.mine', label: 'yours' },
  { choice: 'theirs', id: 'conflict.theirs', label: 'theirs' },
  { choice: 'both', id: 'conflict.both', label: 'both' },
] as const

function Place({ label, conflict, choice, isCurrent, onChoose }: PlaceProps) {
  return (
    <span
      className={classNames('merge-place', isCurrent && 'merge-place-current')}
      role="group"
      aria-label={label}
    >
      {CHOICES.map((option) => {
        const keys = keysOf(option.id)[0]
        return (
          <button
            key={option.choice}
            type="button"
            className={`merge-choice merge-choice-${option.choice}`}
            aria-pressed={choice === option.choice}
            onClick={() => {
              onChoose(conflict, option.choice)
            }}
          >
            <small>
              {option.label}
              {isCurrent && keys !== undefined && <Keys keys={keys} />}
            </small>
            <span dir="auto">
              {option.choice === 'both'
                ? null
                : chosenText(conflict, option.choice).trim() || <i>nothing</i>}
            </span>
          </button>
        )
      })}
    </span>
  )
}
