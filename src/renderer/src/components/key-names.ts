export interface Binding {
  readonly mod: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly key: string
}

/** Reads a binding such as `Mod+Shift+Enter`, `Alt+1`, `?` or `F8`. `Mod` is Ctrl, or Cmd on a Mac. */
export function parseBinding(text: string): Binding {
  const parts = text.split('+')
  // `+` and `Mod++` name the plus key itself.
  const key = text === '+' || text.endsWith('++') ? '+' : (parts.at(-1) ?? '')
  return {
    mod: parts.includes('Mod'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    key: key === 'Space' ? ' ' : key,
  }
}

const MAC_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
const KEY_NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '⏎',
  Escape: 'Esc',
  ' ': 'Space',
  Delete: 'Del',
}

/** The names to print on key caps, e.g. `['Ctrl', '⏎']`. */
export function keyCaps(text: string, isMac: boolean): readonly string[] {
  const { mod, alt, shift, key } = parseBinding(text)
  const names = [mod ? 'Mod' : '', alt ? 'Alt' : '', shift ? 'Shift' : '', key]
  return names
    .filter((name) => name !== '')
    .map((name) => (isMac ? MAC_NAMES[name] : undefined) ?? KEY_NAMES[name] ?? capitalise(name))
}

function capitalise(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key
}

export const IS_MAC =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
