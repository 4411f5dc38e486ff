import type { Remark } from './use-decision.ts'

interface ReturnFormProps {
  readonly text: string
  readonly author: string
  readonly value: Remark
  readonly onChange: (remark: Remark) => void
  readonly onSubmit: () => void
}

/** Says what should change. Selecting a stretch of the caption quotes it in the remark. */
export function ReturnForm(props: ReturnFormProps) {
  const { text, author, value, onChange, onSubmit } = props
  const { remark, quote } = value
  // A text field of the page would turn these line ends into others, and count other places.
  const canQuote = !text.includes('\r')
  return (
    <div
      className="review-return"
      role="group"
      aria-label="Return the caption"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          onSubmit()
        }
      }}
    >
      <label>
        <span>
          What should <bdi>{author}</bdi> change?
        </span>
        <textarea
          className="field-input"
          dir="auto"
          autoFocus
          required
          rows={3}
          maxLength={10_000}
          value={remark}
          onChange={(event) => {
            onChange({ remark: event.target.value, quote })
          }}
        />
      </label>
      {quote !== null && (
        <p className="review-quote">
          About <q dir="auto">{text.slice(quote.start, quote.end)}</q>
        </p>
      )}
      {canQuote && (
        <label>
          <span>The words that it is about: select them here, or none</span>
          <textarea
            className="field-input"
            dir="auto"
            // Not readOnly: browsers show no caret there, and words could be selected by mouse alone.
            aria-readonly
            onChange={() => undefined}
            onBeforeInput={(event) => {
              event.preventDefault()
            }}
            rows={4}
            value={text}
            onSelect={({ currentTarget: { selectionStart: start, selectionEnd: end } }) => {
              onChange({ remark, quote: start === end ? null : { start, end } })
            }}
          />
        </label>
      )}
    </div>
  )
}
