import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { SelectField } from '../../components/SelectField.tsx'

interface FormatChoiceProps {
  readonly format: string | undefined
  /** The name of the format that the core found, if it found one. */
  readonly sniffed: string | undefined
  readonly onChange: (format: string | undefined) => void
}

const AUTOMATIC = ''

/** The format of the source: found by looking, or chosen by hand. */
export function FormatChoice({ format, sniffed, onChange }: FormatChoiceProps) {
  const formats = useQuery(api.imports.formats.queryOptions()).data ?? []
  const found = sniffed === undefined || format !== undefined ? 'Find out' : `Found: ${sniffed}`
  const chosen = formats.find((candidate) => candidate.id === format)
  return (
    <SelectField
      label="Format of the source"
      isLabelHidden
      value={format ?? AUTOMATIC}
      options={[
        { value: AUTOMATIC, label: found },
        ...formats.map(({ id, label }) => ({ value: id, label })),
      ]}
      hint={chosen?.description}
      onChange={(value) => {
        onChange(value === AUTOMATIC ? undefined : value)
      }}
    />
  )
}
