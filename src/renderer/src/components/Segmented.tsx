import type { LucideIcon } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { Tooltip } from './Tooltip.tsx'
import './Segmented.css'

interface SegmentedProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: string
    readonly icon?: LucideIcon
    readonly keys?: string
  }[]
  readonly onChange: (value: Value) => void
  /** Shows icons alone where every option has one; the label becomes a tooltip. */
  readonly isIconOnly?: boolean
}

/** A row of choices of which exactly one is on. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  isIconOnly = false,
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      className="segmented"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next)
        if (option !== undefined) onChange(option.value)
      }}
    >
      {options.map(({ value: optionValue, label: optionLabel, icon: Icon, keys }) => {
        const item = (
          <ToggleGroup.Item
            key={optionValue}
            value={optionValue}
            className="segmented-item"
            aria-label={isIconOnly ? optionLabel : undefined}
          >
            {Icon !== undefined && <Icon className="icon" aria-hidden />}
            {!isIconOnly && optionLabel}
          </ToggleGroup.Item>
        )
        if (!isIconOnly) return item
        return (
          <Tooltip key={optionValue} text={optionLabel} keys={keys}>
            <span className="segmented-slot">{item}</span>
          </Tooltip>
        )
      })}
    </ToggleGroup.Root>
  )
}
