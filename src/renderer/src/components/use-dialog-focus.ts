import { useRef } from 'react'

interface DialogFocus {
  readonly onOpenAutoFocus: (event: Event) => void
  readonly onCloseAutoFocus: (event: Event) => void
}

/**
 * Puts the focus on what is marked `data-autofocus`, else on the dialog itself rather than its close
 * button, and gives it back when the dialog goes. Radix gives it back only to a button that opened it.
 */
export function useDialogFocus(): DialogFocus {
  const before = useRef<HTMLElement>(null)
  return {
    onOpenAutoFocus: (event) => {
      event.preventDefault()
      const { activeElement } = document
      before.current = activeElement instanceof HTMLElement ? activeElement : null
      if (!(event.currentTarget instanceof HTMLElement)) return
      const wanted = event.currentTarget.querySelector<HTMLElement>('[data-autofocus]')
      const target = wanted ?? event.currentTarget
      target.focus()
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault()
      before.current?.focus({ preventScroll: true })
    },
  }
}
