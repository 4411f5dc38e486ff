import type { StrataBy } from '../../../../shared/contract/subset.ts'
import { parseQuery } from '../../../../shared/domain/query/parser.ts'
import { SelectField } from '../../components/SelectField.tsx'
import { LinesField } from './LinesField.tsx'
import { NumberField } from './NumberField.tsx'
import type { SubsetFieldsProps } from './subset-fields.ts'

const MAX_IMAGES = 100_000_000
const MAX_QUERIES = 50

const BY: readonly { readonly value: StrataBy | 'none'; readonly label: string }[] = [
  { value: 'none', label: 'Not asked for' },
  { value: 'status', label: 'By status' },
  { value: 'round', label: 'By round' },
  { value: 'source', label: 'By source' },
  { value: 'origin', label: 'By kind of alt-text' },
  { value: 'tag', label: 'By tag' },
  { value: 'query', label: 'By queries' },
]
const SHARES = [
  { value: 'equal', label: 'As many of each' },
  { value: 'proportional', label: 'In proportion' },
] as const

/** So many images of each kind. */
export function StrataFields({ subset, onChange }: SubsetFieldsProps) {
  const { strata } = subset
  return (
    <div className="subset-fields">
      <SelectField
        label="Kinds"
        value={strata?.by ?? 'none'}
        options={BY}
        onChange={(by) => {
          if (by === 'none') onChange({ ...subset, strata: null })
          else {
            const queries = by === 'query' ? ['status:accepted'] : []
            const { count = 1_000, shares = 'equal' } = strata ?? {}
            onChange({ ...subset, strata: { by, queries, count, shares } })
          }
        }}
      />
      {strata !== null && (
        <>
          <NumberField
            label="Images in all"
            value={strata.count}
            from={1}
            to={MAX_IMAGES}
            onChange={(count) => {
              onChange({ ...subset, strata: { ...strata, count: count ?? strata.count } })
            }}
          />
          <SelectField
            label="Shares"
            value={strata.shares}
            options={SHARES}
            onChange={(shares) => {
              onChange({ ...subset, strata: { ...strata, shares } })
            }}
          />
        </>
      )}
      {strata?.by === 'query' && (
        <LinesField
          label="Queries, one a line"
          lines={strata.queries}
          most={MAX_QUERIES}
          hint="An image is in the first that matches; the others are one more stratum."
          findMistake={(line) => {
            const parsed = parseQuery(line)
            return parsed.ok ? undefined : `${line}: ${parsed.error.message}`
          }}
          onChange={(queries) => {
            onChange({ ...subset, strata: { ...strata, queries } })
          }}
        />
      )}
    </div>
  )
}
