import type { CommandRow } from './command.ts'
import type { CommandRegistry } from './command-registry.ts'
import { isSafeInText, matchesBinding } from './keys.ts'

interface DispatchOptions {
  readonly rows: readonly CommandRow[]
  readonly registry: CommandRegistry
  readonly isMac: boolean
}

/** Runs the first command that a key press names and that some screen answers; true when one ran. */
export function dispatchKey(
  event: KeyboardEvent,
  { rows, registry, isMac }: DispatchOptions,
): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  const place = describePlace(event.target)
  if (place === 'overlay') return false
  for (const row of rows) {
    const binding = row.keys?.find((keys) => matchesBinding(keys, event, isMac))
    if (binding === undefined) continue
    if (place === 'text' && !(isSafeInText(binding) && row.worksInText !== false)) continue
    if (!registry.runRow(row)) continue
    event.preventDefault()
    return true
  }
  return false
}

/** Open dialogs and menus own the keyboard; text fields keep every key that types or edits. */
function describePlace(target: EventTarget | null): 'overlay' | 'text' | 'page' {
  if (!(target instanceof HTMLElement)) return 'page'
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) {
    return 'overlay'
  }
  const isText = target.isContentEditable || target.matches('input, textarea, select')
  const isToggle = target.matches(
    'input[type="checkbox"], input[type="radio"], input[type="range"]',
  )
  return isText && !isToggle ? 'text' : 'page'
}
