import { useState } from 'react'
import type { RoundOptions } from '../../../../shared/contract/rounds.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { TextField } from '../../components/TextField.tsx'

interface RoundOptionsFieldsProps {
  readonly options: RoundOptions
  /** Who takes part is settled once a round has begun. */
  readonly isBegun: boolean
  readonly onChange: (options: RoundOptions) => void
}

const DEFAULT_STOP = 0.05

/** Who takes part in a round. */
export function RoundOptionsFields({ options, isBegun, onChange }: RoundOptionsFieldsProps) {
  const { needsOtherPerson, sampleShare, sampleSeed, stopBelowEdit } = options
  return (
    <>
      <CheckField
        checked={needsOtherPerson}
        hint="Who wrote an image's text in the round before is not offered it again."
        onChange={(checked) => {
          onChange({ ...options, needsOtherPerson: checked })
        }}
      >
        Another person does this round
      </CheckField>
      {!isBegun && (
        <>
          <div className="round-numbers">
            <NumberField
              label="Share of the images, in percent"
              value={sampleShare * 100}
              max={100}
              onChange={(value) => {
                onChange({ ...options, sampleShare: value / 100 })
              }}
            />
            <NumberField
              label="Seed of the sample"
              value={sampleSeed}
              max={1_000_000_000}
              onChange={(value) => {
                onChange({ ...options, sampleSeed: Math.round(value) })
              }}
            />
          </div>
          <CheckField
            checked={stopBelowEdit !== null}
            hint="Images whose text hardly changed in the round before take no part."
            onChange={(checked) => {
              onChange({ ...options, stopBelowEdit: checked ? DEFAULT_STOP : null })
            }}
          >
            Stop where little changes
          </CheckField>
          {stopBelowEdit !== null && (
            <NumberField
              label="Least share of words changed, in percent"
              value={stopBelowEdit * 100}
              max={100}
              onChange={(value) => {
                onChange({ ...options, stopBelowEdit: value / 100 })
              }}
            />
          )}
        </>
      )}
    </>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly max: number
  readonly onChange: (value: number) => void
}

function NumberField({ label, value, max, onChange }: NumberFieldProps) {
  // What is typed stays as it is typed, also while it is no number yet.
  const [text, setText] = useState(String(Math.round(value * 1000) / 1000))
  return (
    <TextField
      label={label}
      type="number"
      min={0}
      max={max}
      step="any"
      value={text}
      error={isNumberWithin(text, max) ? undefined : `A number from 0 to ${max}`}
      onChange={(next) => {
        setText(next)
        if (isNumberWithin(next, max)) onChange(Number(next))
      }}
    />
  )
}

function isNumberWithin(text: string, max: number): boolean {
  return text.trim() !== '' && Number(text) >= 0 && Number(text) <= max
}
