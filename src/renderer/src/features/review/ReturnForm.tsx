import { CornerUpLeft } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { reportError } from '../../notices/report-error.ts'

export interface Return {
  readonly remark: string
  /** The stretch of the caption that the remark is about. */
  readonly quote: { readonly start: number; readonly end: number } | null
}

interface ReturnFormProps {
  readonly text: string
  readonly author: string
  readonly isBusy: boolean
  readonly onReturn: (returned: Return) => Promise<void>
  readonly onCancel: () => void
}

/** Says what should change. Selecting a stretch of the caption quotes it in the remark. */
export function ReturnForm({ text, author, isBusy, onReturn, onCancel }: ReturnFormProps) {
  const [remark, setRemark] = useState('')
  const [quote, setQuote] = useState<Return['quote']>(null)
  const canQuote = !text.includes('\r')
  return (
    <form
      className="review-return"
      onSubmit={(event) => {
        event.preventDefault()
        onReturn({ remark: remark.trim(), quote }).catch(reportError)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          onCancel()
        }
      }}
    >
      {canQuote && (
        <label>
          <span>Select what it is about, or nothing</span>
          <textarea
            className="field-input"
            dir="auto"
            readOnly
            rows={4}
            value={text}
            onSelect={({ currentTarget: { selectionStart: start, selectionEnd: end } }) => {
              setQuote(start === end ? null : { start, end })
            }}
          />
        </label>
      )}
      {quote !== null && (
        <p className="review-quote">
          About <q dir="auto">{text.slice(quote.start, quote.end)}</q>
        </p>
      )}
      <label>
        <span>What should {author} change?</span>
        <textarea
          className="field-input"
          dir="auto"
          autoFocus
          required
          rows={3}
          maxLength={10_000}
          value={remark}
          onChange={(event) => {
            setRemark(event.target.value)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
      </label>
      <div className="review-actions">
        <Button
          type="submit"
          variant="primary"
          icon={CornerUpLeft}
          isBusy={isBusy}
          disabled={remark.trim() === ''}
          keys="Mod+Enter"
        >
          Return to {author}
        </Button>
        <Button keys="Escape" onClick={onCancel}>
          Back
        </Button>
      </div>
    </form>
  )
}
