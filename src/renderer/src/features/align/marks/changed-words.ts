import type { ChangeDesc, Text } from '@codemirror/state'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u

/** Whether an edit leaves other words in a stretch than were there: one inside it, or letters right beside it. */
export function areWordsChanged(
  { start, end }: TextSpan,
  edit: { readonly changes: ChangeDesc; readonly before: Text; readonly after: Text },
): boolean {
  const { changes, before, after } = edit
  if (changes.touchesRange(start, end) === false) return false
  const from = changes.mapPos(start, 1)
  const to = changes.mapPos(end, -1)
  if (to < from || before.sliceString(start, end) !== after.sliceString(from, to)) return true
  const [first, last] = [after.sliceString(from, from + 1), after.sliceString(to - 1, to)]
  return (
    (WORD_CHARACTER.test(first) &&
      WORD_CHARACTER.test(after.sliceString(Math.max(0, from - 1), from))) ||
    (WORD_CHARACTER.test(last) && WORD_CHARACTER.test(after.sliceString(to, to + 1)))
  )
}
