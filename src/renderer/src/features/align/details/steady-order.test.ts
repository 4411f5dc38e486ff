import { expect, it } from 'vitest'
import { inSteadyOrder } from './steady-order.ts'

const named = (...ids: readonly string[]) => ids.map((id) => ({ id }))

it.each([
  [named('a', 'b'), [], named('a', 'b')],
  [named('c', 'b', 'd', 'a'), ['a', 'b', 'c'], named('a', 'b', 'c', 'd')],
  [named('y', 'b', 'x'), ['a', 'b'], named('b', 'y', 'x')],
])('leaves %j, after %j, in the order in which they came', (items, shown, expected) => {
  expect(inSteadyOrder(items, shown)).toEqual(expected)
})
