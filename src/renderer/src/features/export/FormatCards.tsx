import { RadioGroup } from 'radix-ui'
import type { ExportFormat } from '../../../../shared/contract/exports.ts'

interface FormatCardsProps {
  readonly formats: readonly ExportFormat[]
  readonly value: string
  readonly onChange: (format: ExportFormat) => void
}

/** The formats that can be written, with what each is for. */
export function FormatCards({ formats, value, onChange }: FormatCardsProps) {
  return (
    <RadioGroup.Root
      className="format-cards"
      aria-label="Format"
      value={value}
      onValueChange={(id) => {
        const format = formats.find((candidate) => candidate.id === id)
        if (format !== undefined) onChange(format)
      }}
    >
      {formats.map((format) => (
        <RadioGroup.Item key={format.id} value={format.id} className="format-card">
          <strong>{format.label}</strong>
          <span>{format.description}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
