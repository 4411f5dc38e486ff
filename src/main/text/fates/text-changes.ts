import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { diffWords } from '../../../shared/domain/word-diff.ts'

/** A stretch of both texts: equal, or replaced by each other. */
export interface Stretch {
  readonly isSame: boolean
  readonly before: TextSpan
  readonly after: TextSpan
}

/** The word diff of two texts as stretches that cover both. */
export function readChanges(before: string, after: string): Stretch[] {
  const stretches: Stretch[] = []
  let beforeAt = 0
  let afterAt = 0
  for (const { kind, text, isVariant = false } of diffWords(before, after).parts) {
    const last = stretches.at(-1)
    const beforeEnd = kind === 'added' ? beforeAt : beforeAt + text.length
    const afterEnd = kind === 'removed' ? afterAt : afterAt + text.length
    const isSame = kind === 'same' || isVariant
    // What was taken away and what came instead are two parts of one change.
    const joins = last?.isSame === isSame
    if (joins) {
      stretches[stretches.length - 1] = {
        isSame,
        before: { start: last.before.start, end: beforeEnd },
        after: { start: last.after.start, end: afterEnd },
      }
    } else {
      stretches.push({
        isSame,
        before: { start: beforeAt, end: beforeEnd },
        after: { start: afterAt, end: afterEnd },
      })
    }
    beforeAt = beforeEnd
    afterAt = afterEnd
  }
  return stretches
}

/** For each span, in the order of the text, the number of the first changed stretch that it touches, else of its own. */
export function stretchesOf(
  spans: readonly TextSpan[],
  stretches: readonly Stretch[],
  side: 'before' | 'after',
): number[] {
  let at = 0
  return spans.map(({ start, end }) => {
    while (at < stretches.length - 1 && (stretches[at]?.[side].end ?? 0) <= start) at += 1
    let touched = at
    while (stretches[touched]?.isSame === true && (stretches[touched]?.[side].end ?? end) < end)
      touched += 1
    return stretches[touched]?.isSame === false ? touched : at
  })
}
