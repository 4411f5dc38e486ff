import { expect, it } from 'vitest'
import { keyCaps } from './key-names.ts'

it('names key caps as the platform does', () => {
  expect(keyCaps('Mod+Enter', false)).toEqual(['Ctrl', '⏎'])
  expect(keyCaps('Mod+Shift+k', true)).toEqual(['⌘', '⇧', 'K'])
})
