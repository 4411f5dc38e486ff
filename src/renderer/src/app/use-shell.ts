import { useEffect, useEffectEvent } from 'react'
import { useLocation } from 'wouter'
import { MENU_COMMANDS, MENU_EVENT, type ShellBridge } from '../../../shared/domain/shell-bridge.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { importPath } from '../navigation/listing.ts'

declare global {
  interface Window {
    /** Only there in the desktop app. */
    readonly realignShell?: ShellBridge<File>
  }
}

/** What the desktop shell adds: its menu runs our commands, and a dropped folder or table opens Import. */
export function useShell(): void {
  const run = useRun()
  const [, navigate] = useLocation()

  const onMenu = useEffectEvent((event: Event) => {
    const id: unknown = event instanceof CustomEvent ? event.detail : undefined
    const command = MENU_COMMANDS.find((known) => known === id)
    if (command !== undefined) run(command)
  })
  const onDrop = useEffectEvent((event: DragEvent) => {
    // Without this the window would leave Realign and show the file.
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    const path = file === undefined ? '' : (window.realignShell?.pathOfFile(file) ?? '')
    if (path !== '') navigate(importPath(path))
  })

  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const allowDrop = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
    }
    window.addEventListener(
      MENU_EVENT,
      (event) => {
        onMenu(event)
      },
      { signal },
    )
    window.addEventListener('dragover', allowDrop, { signal })
    window.addEventListener(
      'drop',
      (event) => {
        if (event.dataTransfer?.types.includes('Files') === true) onDrop(event)
      },
      { signal },
    )
    return () => {
      stop.abort()
    }
  }, [])
}
