import { useId } from 'react'
import './Fields.css'

interface SelectFieldProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: string | undefined
  /** Reads the label out only, where the place says it already. */
  readonly isLabelHidden?: boolean
  readonly isDisabled?: boolean
}

/** A labelled choice from a list, drawn by the platform. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onChange,
  hint,
  isLabelHidden = false,
  isDisabled = false,
}: SelectFieldProps<Value>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        id={id}
        className="field-input field-select"
        value={value}
        disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          const option = options.find((candidate) => candidate.value === event.target.value)
          if (option !== undefined) onChange(option.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-note`} className="field-note">
          {hint}
        </p>
      )}
    </div>
  )
}
