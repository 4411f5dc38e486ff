import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './Tooltip.tsx'
import './Button.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon
  /** Read out, and shown as a tooltip. */
  readonly label: string
  readonly keys?: string | undefined
}

/** A button that shows only an icon; its name appears as a tooltip. */
export function IconButton({ icon: Icon, label, keys, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        className={classNames('icon-button', className)}
        aria-label={label}
        {...rest}
      >
        <Icon className="icon" aria-hidden />
      </button>
    </Tooltip>
  )
}
