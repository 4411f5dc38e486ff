import { FATE_REASONS, type FateReason } from '../../../../../shared/domain/fate.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { Button } from '../../../components/Button.tsx'
import { FATE_LABELS, REASON_LABELS } from './fate-looks.ts'
import type { FateQuestion } from './fate-questions.ts'

interface FateQuestionBarProps {
  readonly questions: readonly FateQuestion[]
  readonly isReadOnly: boolean
  readonly onReason: (question: FateQuestion, reason: FateReason) => void
}

/** Asks why the caption gave up a name, number or specific noun; one key answers. Never stands in the way. */
export function FateQuestionBar({ questions, isReadOnly, onReason }: FateQuestionBarProps) {
  const [question] = questions
  if (question === undefined) return null
  const { about, fate, instead } = question
  return (
    <div className="fate-question" role="group" aria-label="Why was it given up?">
      <p className="fate-question-text">
        <strong dir="auto">{about.words}</strong> {FATE_LABELS[fate]}
        {instead !== '' && (
          <>
            : <span dir="auto">{instead}</span>
          </>
        )}
        . Why?
        {questions.length > 1 && <small className="numeric"> 1 of {questions.length}</small>}
      </p>
      <div className="fate-question-reasons">
        {FATE_REASONS.map((reason) => (
          <Button
            key={reason}
            size="small"
            disabled={isReadOnly}
            keys={keysOf('align.giveReason', { reason })[0]}
            onClick={() => {
              onReason(question, reason)
            }}
          >
            {REASON_LABELS[reason]}
          </Button>
        ))}
      </div>
    </div>
  )
}
