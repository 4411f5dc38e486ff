import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Keys } from './Keys.tsx'
import './Button.css'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: 'default' | 'primary' | 'danger' | 'quiet' | undefined
  readonly size?: 'small' | 'medium' | 'large' | undefined
  readonly icon?: LucideIcon | undefined
  /** A key binding such as `Mod+Enter`, printed as key caps. */
  readonly keys?: string | undefined
  /** Shows that the button's work is under way and holds further clicks back. */
  readonly isBusy?: boolean | undefined
}

/** A button with optional icon and key caps. */
export function Button({
  variant = 'default',
  size = 'medium',
  icon: Icon,
  keys,
  isBusy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames('button', `button-${variant}`, `button-${size}`, className)}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {Icon !== undefined && <Icon className="icon" aria-hidden />}
      {children !== undefined && <span className="button-label">{children}</span>}
      {keys !== undefined && <Keys keys={keys} />}
    </button>
  )
}
