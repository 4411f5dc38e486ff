import { useQueryClient } from '@tanstack/react-query'
import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import type { Guideline } from '../../../../shared/contract/rounds.ts'
import { api, client } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Callout } from '../../components/Page.tsx'
import { describeError } from '../../api/describe-error.ts'
import { GuidelineText } from './GuidelineText.tsx'

interface GuidelineEditorProps {
  readonly round: number
  /** Null while nobody wrote one. */
  readonly guideline: Guideline | null
}

/** The guideline of a round. Each change is a new version, and each revision records the one it followed. */
export function GuidelineEditor({ round, guideline }: GuidelineEditorProps) {
  const [isEditing, setEditing] = useState(false)
  return (
    <section className="guideline" aria-label={`Guideline of round ${round}`}>
      <div className="guideline-head">
        <h3>Guideline</h3>
        {guideline !== null && (
          <span className="numeric">
            version {guideline.version}, {guideline.author},{' '}
            {new Date(guideline.createdAt).toLocaleDateString()}
          </span>
        )}
        {!isEditing && (
          <Button
            size="small"
            icon={PencilLine}
            onClick={() => {
              setEditing(true)
            }}
          >
            {guideline === null ? 'Write one' : 'Change'}
          </Button>
        )}
      </div>
      {isEditing ? (
        <GuidelineForm
          round={round}
          guideline={guideline}
          onDone={() => {
            setEditing(false)
          }}
        />
      ) : (
        guideline !== null && <GuidelineText markdown={guideline.markdown} />
      )}
    </section>
  )
}

function GuidelineForm({
  round,
  guideline,
  onDone,
}: GuidelineEditorProps & { onDone: () => void }) {
  const queryClient = useQueryClient()
  const [markdown, setMarkdown] = useState(guideline?.markdown ?? '')
  // The version that this text was made from, whatever others add meanwhile.
  const [baseVersion] = useState(guideline?.version ?? 0)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function save(): Promise<void> {
    setBusy(true)
    try {
      await client.rounds.saveGuideline({ round, baseVersion, markdown })
      await queryClient.invalidateQueries({ queryKey: api.rounds.key() })
      onDone()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }

  return (
    <form
      className="guideline-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <label>
        <span>Markdown</span>
        <textarea
          className="field-input"
          autoFocus
          rows={12}
          maxLength={200_000}
          dir="auto"
          value={markdown}
          onChange={(event) => {
            setMarkdown(event.target.value)
          }}
        />
      </label>
      <div>
        <span className="guideline-preview-label">As it is shown</span>
        <GuidelineText markdown={markdown} />
      </div>
      {error !== null && (
        <Callout tone="error">
          {[describeError(error).text, describeError(error).advice].filter(Boolean).join(' ')}
        </Callout>
      )}
      <div className="guideline-actions">
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Save as version {baseVersion + 1}
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  )
}
