import { describe, expect, it } from 'vitest'
import { isSafeInText, matchesBinding, type KeyPress } from './keys.ts'

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  }
}

describe('matchesBinding', () => {
  it('takes Mod as Ctrl, and as Cmd on a Mac', () => {
    expect(matchesBinding('Mod+k', press('k', { ctrlKey: true }), false)).toBe(true)
    expect(matchesBinding('Mod+k', press('k', { metaKey: true }), false)).toBe(false)
    expect(matchesBinding('Mod+k', press('k', { metaKey: true }), true)).toBe(true)
    expect(matchesBinding('Mod+k', press('k', { ctrlKey: true }), true)).toBe(false)
  })

  it('wants exactly the named modifiers', () => {
    expect(matchesBinding('Mod+z', press('z', { ctrlKey: true, shiftKey: true }), false)).toBe(
      false,
    )
    expect(
      matchesBinding('Mod+Shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false),
    ).toBe(true)
    expect(matchesBinding('k', press('k', { altKey: true }), false)).toBe(false)
  })

  it('finds symbols however they are typed', () => {
    expect(matchesBinding('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(matchesBinding('/', press('/', { shiftKey: true }), false)).toBe(true)
  })

  it('finds Alt keys by place where Alt types another character', () => {
    expect(matchesBinding('Alt+1', press('¡', { altKey: true, code: 'Digit1' }), true)).toBe(true)
    expect(matchesBinding('Alt+a', press('å', { altKey: true, code: 'KeyA' }), true)).toBe(true)
  })

  it('knows named keys', () => {
    expect(matchesBinding('Alt+ArrowDown', press('ArrowDown', { altKey: true }), false)).toBe(true)
    expect(matchesBinding('Shift+F8', press('F8', { shiftKey: true }), false)).toBe(true)
    expect(matchesBinding('Space', press(' '), false)).toBe(true)
  })
})

it('lets only keys that type nothing through while writing', () => {
  expect(['Mod+Enter', 'Alt+ArrowUp', 'F8', 'Shift+F8'].every(isSafeInText)).toBe(true)
  expect(['/', '?', 'a', 'Enter', 'Escape'].some(isSafeInText)).toBe(false)
})
