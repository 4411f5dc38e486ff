import { CheckField } from '../../components/CheckField.tsx'
import { formatCount } from '../../components/quantities.ts'
import { SelectField } from '../../components/SelectField.tsx'
import { LinesField } from './LinesField.tsx'
import { NumberField } from './NumberField.tsx'
import type { SubsetFieldsProps } from './subset-fields.ts'

const MAX_IMAGES = 100_000_000
const MAX_CONCEPTS = 20_000
const FIRST_CONCEPTS = ['person', 'dog', 'car', 'tree', 'building', 'food']

const TEXTS = [
  { value: 'caption-or-alt', label: 'The caption, else the alt-texts' },
  { value: 'caption', label: 'Captions only' },
  { value: 'alt', label: 'Alt-texts only' },
  { value: 'all', label: 'Captions and alt-texts' },
] as const

/** Fewer images of frequent concepts, so that rare ones count for more. */
export function BalanceFields({ subset, onChange }: SubsetFieldsProps) {
  const { balance } = subset
  return (
    <div className="subset-fields">
      <CheckField
        checked={balance !== null}
        onChange={(isOn) => {
          const started = {
            concepts: FIRST_CONCEPTS,
            most: 1_000,
            texts: 'caption-or-alt',
            others: 'keep',
          } as const
          onChange({
            ...subset,
            balance: isOn ? { ...started, concepts: [...FIRST_CONCEPTS] } : null,
          })
        }}
      >
        Thin out frequent concepts
      </CheckField>
      {balance !== null && (
        <>
          <LinesField
            label="Concepts, one a line"
            lines={balance.concepts}
            most={MAX_CONCEPTS}
            hint={`${formatCount(balance.concepts.length)} in the list; whole words are looked for, whatever their case.`}
            onChange={(concepts) => {
              onChange({ ...subset, balance: { ...balance, concepts } })
            }}
          />
          <div className="subset-stack">
            <NumberField
              label="Images of a concept, about"
              value={balance.most}
              from={1}
              to={MAX_IMAGES}
              hint="One with more keeps each by this / its count."
              onChange={(most) => {
                onChange({ ...subset, balance: { ...balance, most: most ?? balance.most } })
              }}
            />
            <SelectField
              label="Looked for in"
              value={balance.texts}
              options={TEXTS}
              onChange={(texts) => {
                onChange({ ...subset, balance: { ...balance, texts } })
              }}
            />
            <CheckField
              checked={balance.others === 'keep'}
              onChange={(isOn) => {
                onChange({ ...subset, balance: { ...balance, others: isOn ? 'keep' : 'drop' } })
              }}
            >
              Keep images without a concept
            </CheckField>
          </div>
        </>
      )}
    </div>
  )
}
