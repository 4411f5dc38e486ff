import { useState } from 'react'
import { TextField } from '../../components/TextField.tsx'

interface NumberFieldProps {
  readonly label: string
  /** Null is an empty field, where that is allowed. */
  readonly value: number | null
  readonly from: number
  readonly to: number
  readonly isWhole?: boolean
  readonly isDisabled?: boolean
  /** What holds where the field is empty; without it a number is needed. */
  readonly placeholder?: string
  readonly hint?: string
  readonly onChange: (value: number | null) => void
}

/** A number that is told on once it is one; what is left half-typed becomes the last good one again. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, from, to, isWhole = true, placeholder, hint, onChange } = props
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? (value === null ? '' : String(value))

  function read(typed: string): number | null | undefined {
    if (typed.trim() === '') return placeholder === undefined ? undefined : null
    const number = Number(typed)
    const isRight = Number.isFinite(number) && number >= from && number <= to
    return isRight && (!isWhole || Number.isInteger(number)) ? number : undefined
  }

  const kind = isWhole ? 'A whole number' : 'A number'
  return (
    <TextField
      label={label}
      value={text}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      disabled={props.isDisabled ?? false}
      placeholder={placeholder}
      hint={hint}
      error={
        read(text) === undefined
          ? `${kind} from ${from.toLocaleString()} to ${to.toLocaleString()}.`
          : undefined
      }
      onChange={(typed) => {
        setDraft(typed)
        const number = read(typed)
        if (number !== undefined) onChange(number)
      }}
      onBlur={() => {
        setDraft(null)
      }}
    />
  )
}
