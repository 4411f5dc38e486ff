import { lineCount, visibleLines, type GridGeometry, type Lines, type View } from './geometry.ts'

/** The screen scrolls before we hear of it, so lines must be there this far ahead of the view. In pixels. */
const NEAR_PX = 160
/** And when they are not, this much more is drawn at once: a few lines now and then cost less than one or two a frame. */
const STEP_PX = 220
const BEHIND_LINES = 1

/**
 * Which lines to draw: those that are drawn already while they hold the view and what is near, else some more in the
 * direction of travel. After a jump, which waits for what it shows and goes nowhere, only what is near.
 */
export function moveWindow(
  drawn: Lines,
  args: { readonly geometry: GridGeometry; readonly view: View; readonly isGoingUp: boolean },
): Lines {
  const { geometry, view } = args
  const near = linesWithin(args, NEAR_PX)
  const isThere = drawn.last < lineCount(geometry, view.total)
  if (isThere && drawn.first <= near.first && drawn.last >= near.last) {
    // One that was made for a larger view, or the other direction, would hold more than is needed for ever.
    const most = linesWithin(args, NEAR_PX + STEP_PX)
    if (drawn.last - drawn.first <= most.last - most.first) return drawn
  }
  const overlaps = drawn.first <= near.last && drawn.last >= near.first
  return overlaps ? linesWithin(args, NEAR_PX + STEP_PX) : near
}

function linesWithin(
  { geometry, view, isGoingUp }: Parameters<typeof moveWindow>[1],
  aheadPx: number,
): Lines {
  const ahead = Math.ceil(aheadPx / geometry.lineHeight)
  const overscan = isGoingUp
    ? { above: ahead, below: BEHIND_LINES }
    : { above: BEHIND_LINES, below: ahead }
  return visibleLines(geometry, view, overscan)
}
