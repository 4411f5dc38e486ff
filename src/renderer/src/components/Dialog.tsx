import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './IconButton.tsx'
import { useDialogFocus } from './use-dialog-focus.ts'
import './Dialog.css'

interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  /** One sentence under the title; read out with it. */
  readonly description?: string | undefined
  readonly size?: 'small' | 'medium' | 'large' | undefined
  /** Buttons at the bottom, which stay in sight while the content scrolls. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** A modal dialog: holds the focus, closes with Escape, gives the focus back. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  size = 'medium',
  footer,
  children,
}: DialogProps) {
  const focus = useDialogFocus()
  return (
    <RadixDialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="dialog-scrim" />
        <RadixDialog.Content
          className={classNames('dialog', `dialog-${size}`)}
          {...focus}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="dialog-head">
            <RadixDialog.Title className="dialog-title">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton icon={X} label="Close" keys="Escape" />
            </RadixDialog.Close>
          </div>
          {description !== undefined && (
            <RadixDialog.Description className="dialog-description">
              {description}
            </RadixDialog.Description>
          )}
          <div className="dialog-body" tabIndex={0}>
            {children}
          </div>
          {footer !== undefined && <div className="dialog-foot">{footer}</div>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}
