import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Keys } from './Keys.tsx'
import './Menu.css'

interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom'
  readonly children: ReactNode
}

/** A drop-down menu with arrow keys and type-ahead. */
export function Menu({ trigger, align = 'start', side = 'bottom', children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={align}
          side={side}
          sideOffset={5}
          collisionPadding={8}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  readonly icon?: LucideIcon | undefined
  readonly keys?: string | undefined
  readonly hint?: string | undefined
  readonly isDisabled?: boolean | undefined
  readonly onSelect: () => void
  readonly children: ReactNode
}

export function MenuItem({
  icon: Icon,
  keys,
  hint,
  isDisabled,
  onSelect,
  children,
}: MenuItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={isDisabled === true} onSelect={onSelect}>
      <span className="menu-mark">
        {Icon !== undefined && <Icon className="icon" aria-hidden />}
      </span>
      <span className="menu-text" dir="auto">
        {children}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      {keys !== undefined && <Keys keys={keys} />}
    </DropdownMenu.Item>
  )
}

interface MenuRadioProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

/** A group of menu entries of which one is chosen. */
export function MenuRadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuRadioProps<Value>) {
  return (
    <DropdownMenu.RadioGroup
      value={value}
      aria-label={label}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next)
        if (option !== undefined) onChange(option.value)
      }}
    >
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className="menu-item">
          <span className="menu-mark">
            <DropdownMenu.ItemIndicator>
              <Check className="icon" aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          <span className="menu-text">{option.label}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="menu-separator" />
}
