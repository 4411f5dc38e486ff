import { expect, it, vi } from 'vitest'
import { createSelection } from './selection.ts'

it('toggles, adds and clears single rows', () => {
  const selection = createSelection<number>()
  const listener = vi.fn()
  selection.subscribe(listener)
  selection.toggle(1)
  selection.add([2, 3])
  selection.toggle(2)
  expect([1, 2, 3].filter(selection.has)).toEqual([1, 3])
  expect(selection.count(100)).toBe(2)
  selection.clear()
  selection.clear()
  expect(selection.count(100)).toBe(0)
  expect(listener).toHaveBeenCalledTimes(4)
})

it('selects everything without naming it, and then leaves some out', () => {
  const selection = createSelection<number>()
  selection.selectAll()
  selection.toggle(5)
  selection.toggle(6)
  selection.add([6])
  expect(selection.get()).toEqual({ kind: 'all', except: new Set([5]) })
  expect(selection.count(1_000_000)).toBe(999_999)
  expect(selection.has(5)).toBe(false)
  expect(selection.has(7)).toBe(true)
})
