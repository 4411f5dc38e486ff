import { expect, it } from 'vitest'
import { lineTop, tableGeometry } from './geometry.ts'
import { moveWindow } from './line-window.ts'

const geometry = tableGeometry({ width: 900, lineHeight: 50, headerHeight: 30 })
const NONE = { first: 0, last: -1 }

function at(top: number, isGoingUp = false) {
  return { geometry, view: { total: 1000, top, height: 500 }, isGoingUp }
}

function isCovered(lines: { first: number; last: number }, top: number): boolean {
  return lineTop(geometry, lines.first) <= top && lineTop(geometry, lines.last + 1) >= top + 500
}

it('always covers the view, with some more where it goes, whatever the direction', () => {
  let lines = NONE
  for (const isGoingUp of [false, true]) {
    for (let step = 0; step < 200; step += 1) {
      const top = isGoingUp ? 30_000 - step * 117 : 6_600 + step * 117
      lines = moveWindow(lines, at(top, isGoingUp))
      expect(isCovered(lines, top)).toBe(true)
      expect(isCovered(lines, isGoingUp ? top - 150 : top + 150)).toBe(true)
    }
  }
})

it('moves only now and then, and then holds as many lines as before', () => {
  let lines = moveWindow(moveWindow(NONE, at(10_000)), at(10_100))
  const size = lines.last - lines.first
  let moves = 0
  for (let top = 10_100; top < 15_100; top += 25) {
    const next = moveWindow(lines, at(top))
    if (next.first !== lines.first) moves += 1
    lines = next
    expect(lines.last - lines.first).toBe(size)
  }
  expect(moves).toBeLessThanOrEqual(5_000 / 200)
  expect(moves).toBeGreaterThan(5)
})

it('draws little after a jump, and nothing beyond the ends', () => {
  const lines = moveWindow({ first: 0, last: 20 }, at(20_000))
  expect(lines.last - lines.first).toBeLessThanOrEqual(16)
  expect(moveWindow(NONE, at(0)).first).toBe(0)
  expect(moveWindow(NONE, at(49_530)).last).toBe(999)
})

it('leaves lines that are no more', () => {
  const lines = moveWindow(NONE, at(49_000))
  const fewer = { geometry, view: { total: 900, top: 44_530, height: 500 }, isGoingUp: false }
  expect(moveWindow(lines, fewer).last).toBe(899)
})
