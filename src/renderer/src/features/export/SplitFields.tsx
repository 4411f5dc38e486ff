import type { SplitName, Subset } from '../../../../shared/contract/subset.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { NumberField } from './NumberField.tsx'
import type { SubsetFieldsProps } from './subset-fields.ts'

const NAMES: readonly { readonly name: SplitName; readonly label: string }[] = [
  { name: 'train', label: 'Training' },
  { name: 'validation', label: 'Validation' },
  { name: 'test', label: 'Test' },
]
const TOGETHER = [
  { value: 'duplicates', label: 'Near-duplicates' },
  { value: 'host', label: 'And images of one web host' },
  { value: 'folder', label: 'And images of one folder' },
] as const
const FIRST_SPLIT: NonNullable<Subset['split']> = {
  shares: { train: 0.9, validation: 0.05, test: 0.05 },
  together: 'duplicates',
}

/** Parts for training and for measuring, which share no image and no copy of one. */
export function SplitFields({ subset, onChange }: SubsetFieldsProps) {
  const { split } = subset
  return (
    <div className="subset-fields">
      <CheckField
        checked={split !== null}
        onChange={(isOn) => {
          onChange({ ...subset, split: isOn ? FIRST_SPLIT : null })
        }}
      >
        Split for training and test
      </CheckField>
      {split !== null && (
        <>
          <div className="subset-shares">
            {NAMES.map(({ name, label }) => (
              <NumberField
                key={name}
                label={label}
                value={split.shares[name]}
                from={0}
                to={1_000}
                isWhole={false}
                onChange={(share) => {
                  const shares = { ...split.shares, [name]: share ?? 0 }
                  if (shares.train + shares.validation + shares.test > 0) {
                    onChange({ ...subset, split: { ...split, shares } })
                  }
                }}
              />
            ))}
          </div>
          <SelectField
            label="Never parted"
            value={split.together}
            options={TOGETHER}
            onChange={(together) => {
              onChange({ ...subset, split: { ...split, together } })
            }}
          />
        </>
      )}
    </div>
  )
}
