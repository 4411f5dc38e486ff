import { expect, it } from 'vitest'
import { COMMAND_TABLE } from './command-table.ts'
import { findKeyConflicts, readPressedKeys, rowName, withKeys } from './key-map.ts'

const press = (key: string, code: string, modifiers: Partial<KeyboardEvent> = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

it('ships without a conflict, and with a name of its own for each line', () => {
  expect(findKeyConflicts(COMMAND_TABLE)).toEqual([])
  const names = COMMAND_TABLE.map(rowName)
  expect(new Set(names).size).toBe(names.length)
})

it('finds keys that mean two things on one screen, and lets two screens share them', () => {
  const same = findKeyConflicts(withKeys(COMMAND_TABLE, { 'align.next': ['Mod+Enter'] }))
  expect(same.map(({ keys, rows }) => [keys, rows.map((row) => row.id).toSorted()])).toEqual([
    ['mod+enter', ['align.next', 'align.submit']],
  ])
  const everywhere = findKeyConflicts(withKeys(COMMAND_TABLE, { 'align.next': ['Mod+K'] }))
  expect(everywhere[0]?.rows.map((row) => row.id)).toContain('app.palette')
  const apart = withKeys(COMMAND_TABLE, {
    'align.next': ['Mod+Shift+F11'],
    'library.align': ['Mod+Shift+F11'],
  })
  expect(findKeyConflicts(apart)).toEqual([])
})

it('takes keys away and leaves unknown names alone', () => {
  const rows = withKeys(COMMAND_TABLE, { 'align.submit': [], 'no.such': ['F1'] })
  expect(rows.find((row) => row.id === 'align.submit')?.keys).toEqual([])
  expect(rows).toHaveLength(COMMAND_TABLE.length)
})

it.each([
  [press('k', 'KeyK', { ctrlKey: true }), 'Mod+k'],
  [press('K', 'KeyK', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+k'],
  [press('¡', 'Digit1', { altKey: true }), 'Alt+1'],
  [press('?', 'Slash', { shiftKey: true }), '?'],
  [press('F8', 'F8', { shiftKey: true }), 'Shift+F8'],
  [press(' ', 'Space'), 'Space'],
  [press('Shift', 'ShiftLeft', { shiftKey: true }), null],
  [press('k', 'KeyK', { metaKey: true }), null],
])('reads a key press as a binding', (pressed, binding) => {
  expect(readPressedKeys(pressed, false)).toBe(binding)
})
