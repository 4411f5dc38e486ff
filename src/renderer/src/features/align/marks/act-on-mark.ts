import type { TextFix } from '../../../../../shared/domain/hygiene.ts'
import { applyFix } from '../../../../../shared/domain/text-fix.ts'
import { carrySpans } from '../../../../../shared/domain/text-occurrence.ts'
import type { AlignMark } from './align-mark.ts'

/**
 * A fix made for one text, applied to what was typed meanwhile; null where the words that it is about are gone. The
 * caret goes behind what the fix put in.
 */
export function carryFix(
  fix: TextFix,
  { from, to }: { readonly from: string; readonly to: string },
): { readonly text: string; readonly caret: number } | null {
  const [span] = from === to ? [fix] : carrySpans(from, to, [fix])
  if (span === null || span === undefined) return null
  const moved = { ...fix, start: span.start, end: span.end }
  return { text: applyFix(to, moved), caret: moved.start + moved.insert.length }
}

/** Marks of one text where they are in a later one; those whose words are gone are left out. Their fixes stay put. */
export function carryMarks(
  marks: readonly AlignMark[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly AlignMark[] {
  if (from === to) return marks
  const places = carrySpans(from, to, marks)
  return marks.flatMap((mark, index) => {
    const place = places[index]
    return place == null ? [] : [{ ...mark, ...place }]
  })
}
