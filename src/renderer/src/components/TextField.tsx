import { useId, type ComponentProps, type ReactNode } from 'react'
import './Fields.css'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id'> {
  /** Takes the focus when the dialog around it opens. */
  readonly 'data-autofocus'?: boolean
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** One line below the field: help, or what is wrong with it. */
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Buttons beside the field. */
  readonly extra?: ReactNode
}

/** A labelled line of text. */
export function TextField({ label, value, onChange, hint, error, extra, ...rest }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input
          id={id}
          className="field-input"
          type="text"
          dir="auto"
          autoComplete="off"
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => {
            onChange(event.target.value)
          }}
          {...rest}
        />
        {extra}
      </div>
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={error === undefined ? 'field-note' : 'field-note field-error'}
        >
          {note}
        </p>
      )}
    </div>
  )
}
