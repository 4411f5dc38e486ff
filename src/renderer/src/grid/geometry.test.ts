import { describe, expect, it } from 'vitest'
import {
  contentHeight,
  lineTop,
  scrollToShow,
  tableGeometry,
  tileGeometry,
  visibleLines,
} from './geometry.ts'

const tiles = tileGeometry({ width: 1032, tileSize: 236, pictureRatio: 0.75, textHeight: 56 })
const table = tableGeometry({ width: 900, lineHeight: 50, headerHeight: 30 })

describe('tileGeometry', () => {
  it('fills the line with tiles of nearly the wanted width', () => {
    expect(tiles.columns).toBe(4)
    expect(tiles.cellWidth * 4 + 3 * tiles.gap + 2 * tiles.paddingInline).toBeCloseTo(1032)
  })

  it('keeps one column however narrow the place', () => {
    const narrow = tileGeometry({ width: 40, tileSize: 236, pictureRatio: 0.75, textHeight: 0 })
    expect(narrow.columns).toBe(1)
    expect(narrow.cellWidth).toBeGreaterThan(0)
  })
})

describe('visibleLines', () => {
  const alone = { above: 0, below: 0 }

  it('names the lines in view and some more', () => {
    expect(visibleLines(table, { total: 1000, top: 5030, height: 200 }, alone)).toEqual({
      first: 100,
      last: 104,
    })
    const more = { above: 1, below: 3 }
    expect(visibleLines(table, { total: 1000, top: 5030, height: 200 }, more)).toEqual({
      first: 99,
      last: 107,
    })
  })

  it('names as many lines wherever in a line the view begins', () => {
    const counts = Array.from({ length: 50 }, (_, offset) => {
      const lines = visibleLines(table, { total: 1000, top: 5030 + offset, height: 217 }, alone)
      expect(lineTop(table, lines.first)).toBeLessThanOrEqual(5030 + offset)
      expect(lineTop(table, lines.last + 1)).toBeGreaterThanOrEqual(5030 + offset + 217)
      return lines.last - lines.first
    })
    expect(new Set(counts).size).toBe(1)
  })

  it('stays within the rows there are', () => {
    const more = { above: 5, below: 5 }
    const few = visibleLines(table, { total: 3, top: 0, height: 500 }, more)
    expect(few).toEqual({ first: 0, last: 2 })
    const none = visibleLines(table, { total: 0, top: 0, height: 500 }, more)
    expect(none.last).toBeLessThan(none.first)
  })
})

it('counts the content’s height, and none for no rows', () => {
  expect(contentHeight(table, 10)).toBe(530)
  expect(contentHeight(table, 0)).toBe(0)
})

describe('scrollToShow', () => {
  const view = { top: 1000, height: 300, headerHeight: 30 }

  it('does not move for a line that is in view', () => {
    expect(scrollToShow(table, 22, view)).toBe(1000)
  })

  it('moves as little as it can, and clears the header', () => {
    expect(scrollToShow(table, 5, view)).toBe(lineTop(table, 5) - 30)
    expect(scrollToShow(table, 40, view)).toBe(lineTop(table, 41) - 300)
    expect(scrollToShow(table, 0, view)).toBe(0)
  })
})
