import { useQueryClient } from '@tanstack/react-query'
import { Check, CornerUpLeft, PencilLine } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import { diffWords } from '../../../../shared/domain/word-diff.ts'
import { api, client } from '../../api/client.ts'
import { previewUrl } from '../../api/media-url.ts'
import { useCommandHandlers, useRun } from '../../commands/CommandProvider.tsx'
import { keysOf } from '../../commands/key-bindings.ts'
import { Button } from '../../components/Button.tsx'
import { alignPath, DEFAULT_LISTING } from '../../navigation/listing.ts'
import { showNotice } from '../../notices/notice-store.ts'
import { SideBySideDiff } from '../align/diff/SideBySideDiff.tsx'
import { ReturnForm, type Return } from './ReturnForm.tsx'

interface ReviewItemViewProps {
  readonly item: ReviewItem
  /** The decision is stored; what waits next may come up. */
  readonly onDecided: () => void
}

type Mode = 'read' | 'edit' | 'return'

/** One caption beside its picture and the text that it was made from, with the decision about it. */
export function ReviewItemView({ item, onDecided }: ReviewItemViewProps) {
  const run = useRun()
  const [, navigate] = useLocation()
  const [mode, setMode] = useState<Mode>('read')
  const [text, setText] = useState(item.text)
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const queryClient = useQueryClient()
  const diff = useMemo(() => diffWords(item.before, text), [item.before, text])
  // A text field of the page would turn these line ends into others.
  const canEdit = !item.text.includes('\r')

  async function decide(work: () => Promise<unknown>, title: string): Promise<void> {
    setBusy(true)
    try {
      await work()
      onDecided()
      showNotice({ tone: 'success', title })
      await queryClient.invalidateQueries({ queryKey: api.review.key() })
    } finally {
      setBusy(false)
    }
  }

  const base = { imageId: item.imageId, baseRevisionId: item.headRevisionId }

  function accept(): Promise<void> {
    const edited = text === item.text ? {} : { text }
    return decide(() => client.review.accept({ ...base, ...edited }), `Accepted: ${item.name}`)
  }

  function giveBack({ remark, quote }: Return): Promise<void> {
    return decide(
      () => client.review.return({ ...base, remark, quote }),
      `Returned to ${item.author}: ${item.name}`,
    )
  }

  useCommandHandlers({
    'review.accept': { isEnabled: () => !isBusy && mode !== 'return', run: accept },
    'review.return': {
      isEnabled: () => !isBusy,
      run: () => {
        setMode('return')
      },
    },
    'review.edit': {
      isEnabled: () => canEdit,
      run: () => {
        setMode('edit')
        requestAnimationFrame(() => field.current?.focus())
      },
    },
    'review.openInAlign': {
      run: () => {
        navigate(alignPath(item.imageId, DEFAULT_LISTING))
      },
    },
  })

  return (
    <section className="review-item" aria-label={item.name}>
      <figure className="review-picture">
        <img
          src={previewUrl({ id: item.imageId, hash: item.hash }, 1600)}
          alt={`The picture ${item.name}`}
        />
        <figcaption>
          <bdi>{item.name}</bdi>
          <span className="numeric">
            {item.author}, round {item.round}, {new Date(item.submittedAt).toLocaleString()}
          </span>
        </figcaption>
      </figure>
      <div className="review-texts">
        <SideBySideDiff
          diff={diff}
          beforeLabel={item.round === 1 ? 'the anchor' : `round ${item.round - 1}`}
        />
        {mode === 'edit' && (
          <label className="review-edit">
            <span>Your correction</span>
            <textarea
              ref={field}
              className="field-input"
              dir="auto"
              value={text}
              rows={6}
              onChange={(event) => {
                setText(event.target.value)
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return
                event.stopPropagation()
                setText(item.text)
                setMode('read')
              }}
            />
          </label>
        )}
        {mode === 'return' ? (
          <ReturnForm
            text={item.text}
            author={item.author}
            isBusy={isBusy}
            onReturn={giveBack}
            onCancel={() => {
              setMode('read')
            }}
          />
        ) : (
          <div className="review-actions">
            <Button
              variant="primary"
              icon={Check}
              isBusy={isBusy}
              keys={keysOf('review.accept')[0]}
              onClick={() => run('review.accept')}
            >
              {text === item.text ? 'Accept' : 'Accept with your correction'}
            </Button>
            <Button
              icon={CornerUpLeft}
              keys={keysOf('review.return')[0]}
              disabled={isBusy}
              onClick={() => run('review.return')}
            >
              Return…
            </Button>
            {mode === 'read' && canEdit && (
              <Button
                icon={PencilLine}
                keys={keysOf('review.edit')[0]}
                onClick={() => run('review.edit')}
              >
                Correct
              </Button>
            )}
            <Button
              variant="quiet"
              keys={keysOf('review.openInAlign')[0]}
              onClick={() => run('review.openInAlign')}
            >
              Open in Align
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}
