import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Guideline } from '../../../../shared/contract/rounds.ts'
import { diffWords } from '../../../../shared/domain/word-diff.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Callout } from '../../components/Page.tsx'
import { WordDiffView } from '../align/diff/WordDiffView.tsx'
import { GuidelineText } from './GuidelineText.tsx'
import { keepUnsaved, recallUnsaved, type UnsavedGuideline } from './unsaved-guideline.ts'

interface GuidelineFormProps {
  readonly round: number
  readonly guideline: Guideline | null
  readonly onDone: () => void
}

/** Writes the next version, with what it looks like beside it. A version that came meanwhile is shown, not overwritten. */
export function GuidelineForm({ round, guideline, onDone }: GuidelineFormProps) {
  const queryClient = useQueryClient()
  const newest = guideline?.version ?? 0
  const [text, setText] = useState<UnsavedGuideline>(
    () => recallUnsaved(round) ?? { markdown: guideline?.markdown ?? '', baseVersion: newest },
  )
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [isSure, setSure] = useState(false)
  const isChanged = text.markdown !== (guideline?.markdown ?? '')
  // While it is being saved, the newer version may be this very one.
  const isOvertaken = !isBusy && text.baseVersion !== newest

  function change(next: UnsavedGuideline): void {
    setText(next)
    setSure(false)
    keepUnsaved(round, next)
  }

  function close(): void {
    keepUnsaved(round, undefined)
    onDone()
  }

  async function save(): Promise<void> {
    if (isBusy || isOvertaken || !isChanged) return
    setBusy(true)
    try {
      await client.rounds.saveGuideline({ round, ...text })
      await queryClient.invalidateQueries({ queryKey: api.rounds.key() })
      close()
    } catch (failure) {
      setBusy(false)
      // The newer version comes with the list and is shown beside this text.
      if (describeError(failure).code === 'GUIDELINE_CONFLICT') {
        await queryClient.invalidateQueries({ queryKey: api.rounds.key() })
      } else setError(failure)
    }
  }

  function leave(): void {
    if (isChanged && !isSure) setSure(true)
    else close()
  }

  return (
    <form
      className="guideline-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          void save()
        } else if (event.key === 'Escape') {
          event.stopPropagation()
          leave()
        }
      }}
    >
      <div className="guideline-sides">
        <label>
          <span>Markdown</span>
          <textarea
            className="field-input"
            autoFocus
            rows={12}
            maxLength={200_000}
            dir="auto"
            value={text.markdown}
            onChange={(event) => {
              change({ ...text, markdown: event.target.value })
            }}
          />
        </label>
        <div className="guideline-preview">
          <span className="guideline-label">As it is shown</span>
          <GuidelineText markdown={text.markdown} />
        </div>
      </div>
      {isOvertaken && guideline !== null && (
        <Overtaken
          mine={text.markdown}
          theirs={guideline}
          onKeepMine={() => {
            change({ ...text, baseVersion: guideline.version })
          }}
          onTakeTheirs={close}
        />
      )}
      {error !== null && (
        <Callout tone="error">
          {[describeError(error).title, describeError(error).text, describeError(error).advice]
            .filter(Boolean)
            .join('. ')}
        </Callout>
      )}
      <div className="guideline-actions">
        <Button
          type="submit"
          variant="primary"
          isBusy={isBusy}
          disabled={isOvertaken || !isChanged}
          keys="Mod+Enter"
        >
          Save as version {newest + 1}
        </Button>
        <Button
          variant={isSure ? 'danger' : 'default'}
          keys="Escape"
          onClick={leave}
          onBlur={() => {
            setSure(false)
          }}
        >
          {isSure ? 'Really leave what you wrote?' : 'Cancel'}
        </Button>
      </div>
    </form>
  )
}

interface OvertakenProps {
  readonly mine: string
  readonly theirs: Guideline
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}

function Overtaken({ mine, theirs, onKeepMine, onTakeTheirs }: OvertakenProps) {
  const diff = useMemo(() => diffWords(theirs.markdown, mine), [theirs.markdown, mine])
  return (
    <section className="guideline-overtaken" role="alert">
      <p>
        <strong>
          <bdi>{theirs.author}</bdi> saved version {theirs.version} meanwhile.
        </strong>{' '}
        This is how yours would change it:
      </p>
      <div className="guideline-diff">
        <WordDiffView diff={diff} />
      </div>
      <div className="guideline-actions">
        <Button onClick={onKeepMine}>Keep my text</Button>
        <Button onClick={onTakeTheirs}>Take theirs</Button>
      </div>
    </section>
  )
}
