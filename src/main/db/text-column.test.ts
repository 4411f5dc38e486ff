import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromTextColumns, toTextColumns } from './text-column.ts'

it('gives every string back exactly, lone surrogates too', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      }),
      (text) => {
        const columns = toTextColumns(text)
        expect(columns.text.isWellFormed()).toBe(true)
        expect(fromTextColumns(columns.text, columns.utf16)).toBe(text)
      },
    ),
  )
})

it('uses the second column only where it must', () => {
  expect(toTextColumns('שלום 🦎').utf16).toBeNull()
  expect(toTextColumns('\ud800').utf16).not.toBeNull()
})
