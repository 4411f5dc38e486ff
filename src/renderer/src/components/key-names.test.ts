import { expect, it } from 'vitest'
import { keyCaps, parseBinding } from './key-names.ts'

it('names key caps as the platform does', () => {
  expect(keyCaps('Mod+Enter', false)).toEqual(['Ctrl', '⏎'])
  expect(keyCaps('Mod+Shift+k', true)).toEqual(['⌘', '⇧', 'K'])
})

it('reads the plus key itself', () => {
  expect(parseBinding('+').key).toBe('+')
  expect(parseBinding('Mod++')).toMatchObject({ mod: true, key: '+' })
})
