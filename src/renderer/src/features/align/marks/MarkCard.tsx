import { CircleAlert, CircleHelp, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState, useSyncExternalStore, type KeyboardEvent, type Ref } from 'react'
import { keysOf } from '../../../commands/key-bindings.ts'
import { Button } from '../../../components/Button.tsx'
import { Keys } from '../../../components/Keys.tsx'
import { formatCount, formatCounted } from '../../../components/quantities.ts'
import type { CaretPlace } from '../editor/caret-place.ts'
import { CheckLine } from './CheckLine.tsx'
import { markAt, type AlignMark, type MarkAction, type MarkLook } from './align-mark.ts'
import type { Findings } from './use-findings.ts'
import type { MarkActions } from './use-mark-actions.ts'
import './marks.css'

const ICONS: Readonly<Record<MarkLook, LucideIcon>> = {
  error: CircleAlert,
  warning: TriangleAlert,
  hint: Info,
  unsupported: CircleAlert,
  unsure: CircleHelp,
}

interface MarkCardProps {
  readonly ref: Ref<HTMLDivElement>
  readonly findings: Findings | null
  /** Nothing is known of this text, or no longer. */
  readonly isFailed: boolean
  readonly caret: CaretPlace
  readonly actions: MarkActions
  readonly isReadOnly: boolean
  /** Gives the keyboard back to the caption. */
  readonly onLeave: () => void
}

/** The mark at the caret with what can be done about it, else how many there are. Its place never changes. */
export function MarkCard(props: MarkCardProps) {
  const { ref, findings, isFailed, caret, actions, isReadOnly, onLeave } = props
  const marks = findings?.marks ?? []
  // Each key moves the caret; drawn again is only what it comes to.
  const mark = useSyncExternalStore(caret.subscribe, () => markAt(marks, caret.get()))
  const isBusy = useSyncExternalStore(caret.subscribe, () => !actions.areCurrent())

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    // On the screen Escape leads to the library; whoever came for the actions wants back to the text.
    event.preventDefault()
    event.stopPropagation()
    onLeave()
  }

  return (
    <div
      ref={ref}
      className="mark-card"
      role="group"
      aria-label="Marks"
      aria-busy={isBusy}
      onKeyDown={onKeyDown}
    >
      {mark === null ? (
        <>
          <p className="mark-count">
            {isFailed ? UNREAD : findings === null ? 'Reading the caption…' : countMarks(marks)}
            {marks.length > 0 && <Keys keys={keysOf('align.nextMark')[0] ?? ''} />}
          </p>
          <CheckLine />
        </>
      ) : (
        <CurrentMark key={mark.key} mark={mark} actions={actions} isReadOnly={isReadOnly} />
      )}
    </div>
  )
}

const UNREAD = 'This text could not be read, so marks may be missing. The next change tries again.'

function countMarks(marks: readonly AlignMark[]): string {
  const unsure = marks.filter(({ isQuiet }) => isQuiet).length
  const loud = marks.length - unsure
  if (marks.length === 0) return 'No marks in this caption.'
  if (unsure === 0) return formatCounted(loud, 'mark')
  return `${loud === 0 ? 'No marks' : formatCounted(loud, 'mark')}, ${formatCount(unsure)} unsure`
}

interface CurrentMarkProps {
  readonly mark: AlignMark
  readonly actions: MarkActions
  readonly isReadOnly: boolean
}

function CurrentMark({ mark, actions, isReadOnly }: CurrentMarkProps) {
  const [asked, setAsked] = useState<MarkAction | null>(null)
  const Icon = ICONS[mark.look]

  function choose(action: MarkAction): void {
    if (action.takesReason) setAsked(action)
    else actions.act(mark, action)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const action = mark.actions[Number(event.key) - 1]
    const isTyping = event.target instanceof HTMLInputElement
    if (action === undefined || isTyping || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    choose(action)
  }

  return (
    // The digits work on whichever of the buttons has the focus.
    <div
      className={`mark-current mark-card-${mark.look}`}
      data-look={mark.look}
      onKeyDown={onKeyDown}
    >
      <p className="mark-message">
        <Icon className="icon" aria-hidden />
        <span>
          <q dir="auto">{mark.words}</q> {mark.message}
        </span>
      </p>
      {asked === null ? (
        <div className="mark-actions">
          {mark.actions.map((action, index) => (
            <Button
              key={action.id}
              size="small"
              variant={index === 0 ? 'default' : 'quiet'}
              disabled={isReadOnly}
              keys={index === 0 ? keysOf('align.fixMark')[0] : String(index + 1)}
              onClick={() => {
                choose(action)
              }}
            >
              {action.label}
            </Button>
          ))}
        </div>
      ) : (
        <ReasonField
          onDone={(reason) => {
            if (reason === null) setAsked(null)
            else actions.act(mark, asked, reason)
          }}
        />
      )}
    </div>
  )
}

/** Why something is kept. Enter stores it, also empty; Escape goes back. */
function ReasonField({ onDone }: { readonly onDone: (reason: string | null) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="mark-reason"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(text.trim())
      }}
    >
      <input
        className="field-input"
        autoFocus
        aria-label="Why is it kept?"
        placeholder="Why is it kept?"
        maxLength={1000}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onDone(null)
        }}
      />
      <Button type="submit" size="small">
        Keep
      </Button>
    </form>
  )
}
