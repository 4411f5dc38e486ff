import { parseBinding, type Binding } from '../components/key-names.ts'

export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Whether a key press is the one that a binding names, on this kind of keyboard. */
export function matchesBinding(text: string, press: KeyPress, isMac: boolean): boolean {
  const binding = parseBinding(text)
  const mod = isMac ? press.metaKey : press.ctrlKey
  const otherMod = isMac ? press.ctrlKey : press.metaKey
  if (mod !== binding.mod || otherMod || press.altKey !== binding.alt) return false
  if (!matchesKey(binding, press)) return false
  // Shift is part of how a symbol like `?` is typed, so it only counts for letters and named keys.
  return isSymbol(binding.key) || press.shiftKey === binding.shift
}

function matchesKey(binding: Binding, press: KeyPress): boolean {
  const wanted = binding.key.toLowerCase()
  if (press.key.toLowerCase() === wanted) return true
  // Alt (and Shift on digits) changes `key` on many layouts; `code` still names the physical key.
  if (!binding.alt && !binding.shift) return false
  return press.code === `Key${binding.key.toUpperCase()}` || press.code === `Digit${binding.key}`
}

function isSymbol(key: string): boolean {
  return key.length === 1 && !/[a-z0-9 ]/i.test(key)
}

/** Whether a binding may fire while a text field has the focus: anything that does not type a character. */
export function isSafeInText(text: string): boolean {
  const binding = parseBinding(text)
  return binding.mod || binding.alt || /^F\d+$/.test(binding.key)
}
