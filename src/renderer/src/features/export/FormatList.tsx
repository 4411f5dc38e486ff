import { RadioGroup } from 'radix-ui'
import { useId } from 'react'
import type { ExportFormat, ExportGroup } from '../../../../shared/contract/exports.ts'

const GROUPS: readonly { readonly group: ExportGroup; readonly title: string }[] = [
  { group: 'data-set', title: 'Data sets' },
  { group: 'training', title: 'Training tools' },
  { group: 'annotation', title: 'Annotation tools' },
  { group: 'exchange', title: 'Exchange' },
]

interface FormatListProps {
  readonly formats: readonly ExportFormat[]
  readonly value: ExportFormat
  readonly onChange: (format: ExportFormat) => void
}

/** The formats that can be written, by what they are for; the arrow keys go through all of them. */
export function FormatList({ formats, value, onChange }: FormatListProps) {
  const aboutId = useId()
  return (
    <>
      <RadioGroup.Root
        className="format-groups"
        aria-label="Format"
        aria-describedby={aboutId}
        value={value.id}
        onValueChange={(id) => {
          const format = formats.find((candidate) => candidate.id === id)
          if (format !== undefined) onChange(format)
        }}
      >
        {GROUPS.map(({ group, title }) => (
          <div key={group} className="format-group">
            <h3>{title}</h3>
            {formats
              .filter((format) => format.group === group)
              .map((format) => (
                <RadioGroup.Item key={format.id} value={format.id} className="format-row">
                  <strong>{format.label}</strong>
                  <span>{format.summary}</span>
                </RadioGroup.Item>
              ))}
          </div>
        ))}
      </RadioGroup.Root>
      <p id={aboutId} className="format-about">
        {value.description}
      </p>
    </>
  )
}
