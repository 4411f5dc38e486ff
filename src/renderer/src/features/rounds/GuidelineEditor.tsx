import { PencilLine } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Guideline } from '../../../../shared/contract/rounds.ts'
import { Button } from '../../components/Button.tsx'
import { GuidelineForm } from './GuidelineForm.tsx'
import { GuidelineHistory } from './GuidelineHistory.tsx'
import { GuidelineText } from './GuidelineText.tsx'
import { recallUnsaved } from './unsaved-guideline.ts'

interface GuidelineEditorProps {
  readonly round: number
  /** Null while nobody wrote one. */
  readonly guideline: Guideline | null
  readonly canWrite: boolean
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** The guideline of a round. Each change is a new version, and each revision records the one it followed. */
export function GuidelineEditor({ round, guideline, canWrite }: GuidelineEditorProps) {
  const [isEditing, setEditing] = useState(() => canWrite && recallUnsaved(round) !== undefined)
  const change = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(isEditing)
  // The form takes the focus with it when it closes.
  useEffect(() => {
    if (wasEditing.current && !isEditing) change.current?.focus()
    wasEditing.current = isEditing
  }, [isEditing])
  return (
    <section className="guideline" aria-label={`Guideline of round ${round}`}>
      <div className="guideline-head">
        <h3>Guideline</h3>
        {guideline !== null && (
          <span className="guideline-facts">
            version {guideline.version}, <bdi>{guideline.author}</bdi>,{' '}
            {DAY.format(guideline.createdAt)}
          </span>
        )}
        {canWrite && !isEditing && (
          <Button
            ref={change}
            size="small"
            icon={PencilLine}
            aria-label={
              guideline === null
                ? `Write a guideline for round ${round}`
                : `Change the guideline of round ${round}`
            }
            onClick={() => {
              setEditing(true)
            }}
          >
            {guideline === null ? 'Write one' : 'Change'}
          </Button>
        )}
      </div>
      {isEditing && (
        <GuidelineForm
          round={round}
          guideline={guideline}
          onDone={() => {
            setEditing(false)
          }}
        />
      )}
      {!isEditing && guideline !== null && <GuidelineText markdown={guideline.markdown} />}
      {!isEditing && guideline === null && (
        <p className="side-hint">
          None yet. What people should write by stands beside every caption of the round.
        </p>
      )}
      {!isEditing && guideline !== null && guideline.version > 1 && (
        <GuidelineHistory key={guideline.version} round={round} />
      )}
    </section>
  )
}
