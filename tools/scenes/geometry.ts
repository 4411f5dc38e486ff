import type { Box, RelationWord, SceneGroup } from './graph.ts'

export const right = (box: Box): number => box.x + box.width
export const bottom = (box: Box): number => box.y + box.height
export const centreX = (box: Box): number => box.x + box.width / 2
export const centreY = (box: Box): number => box.y + box.height / 2

export function union(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map(right)) - x,
    height: Math.max(...boxes.map(bottom)) - y,
  }
}

function lapX(a: Box, b: Box): number {
  return Math.min(right(a), right(b)) - Math.max(a.x, b.x)
}

function lapY(a: Box, b: Box): number {
  return Math.min(bottom(a), bottom(b)) - Math.max(a.y, b.y)
}

/** Shared area as a share of the smaller box, 0..1. */
export function overlapShare(a: Box, b: Box): number {
  const shared = Math.max(0, lapX(a, b)) * Math.max(0, lapY(a, b))
  return shared / Math.max(1, Math.min(a.width * a.height, b.width * b.height))
}

export const INVERSE = {
  'left of': 'right of',
  'right of': 'left of',
  above: 'below',
  below: 'above',
  'next to': 'next to',
  on: 'under',
  under: 'on',
  'in front of': 'behind',
  behind: 'in front of',
} as const satisfies Record<RelationWord, RelationWord>

/** Wholly to the left, and more beside than above or below. */
function isLeftOf(a: Box, b: Box): boolean {
  const slack = 0.12 * Math.min(a.width, b.width)
  const across = centreX(b) - centreX(a)
  return right(a) <= b.x + slack && across >= Math.abs(centreY(b) - centreY(a)) * 0.75
}

/** Wholly above, with a shared column. */
function isAbove(a: Box, b: Box): boolean {
  return (
    bottom(a) <= b.y + 0.05 * Math.min(a.height, b.height) &&
    lapX(a, b) >= 0.3 * Math.min(a.width, b.width)
  )
}

/** Side by side on one level with a narrow gap. */
function isNextTo(a: Box, b: Box): boolean {
  const gap = -lapX(a, b)
  const nearness = 0.5 * Math.min(a.width, b.width)
  const isLevel = Math.abs(bottom(a) - bottom(b)) <= 0.35 * Math.min(a.height, b.height)
  return isLevel && gap <= nearness && gap >= -0.12 * Math.min(a.width, b.width)
}

/** The foot of `a` is on the upper part of `b`, within its width. */
function isOn(a: Box, b: Box): boolean {
  const foot = (bottom(a) - b.y) / b.height
  return foot > -0.02 && foot < 0.75 && centreX(a) > b.x && centreX(a) < right(b)
}

/** Overlaps, and stands nearer to the viewer (lower in the picture). */
function isInFrontOf(a: Box, b: Box): boolean {
  return overlapShare(a, b) >= 0.12 && bottom(a) > bottom(b) && centreY(a) > centreY(b)
}

/** Every relation word that clearly holds from `a` to `b`. */
export function relationsBetween(a: SceneGroup, b: SceneGroup): RelationWord[] {
  const found: RelationWord[] = []
  const stand = a.stance === b.stance
  if (isOn(a.box, b.box) && a.stance === 'on a thing') return ['on']
  if (isOn(b.box, a.box) && b.stance === 'on a thing') return ['under']
  if (stand && isInFrontOf(a.box, b.box)) return ['in front of']
  if (stand && isInFrontOf(b.box, a.box)) return ['behind']
  // On the ground, lower in the picture means nearer; nobody would call it "below".
  if (stand && a.stance === 'ground') {
    if (isAbove(b.box, a.box)) return ['in front of']
    if (isAbove(a.box, b.box)) return ['behind']
  }
  if (stand && isNextTo(a.box, b.box)) found.push('next to')
  if (isLeftOf(a.box, b.box)) found.push('left of')
  if (isLeftOf(b.box, a.box)) found.push('right of')
  if (isAbove(a.box, b.box)) found.push('above')
  if (isAbove(b.box, a.box)) found.push('below')
  return found
}
