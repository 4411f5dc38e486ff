import type { WordDiff } from '../../../../../shared/domain/word-diff.ts'
import type { TextMark } from '../editor/text-marks.ts'

/** The stretches of the new text that a diff brings in, without the white space around them and without typographic variants. */
export function addedMarks({ parts }: WordDiff): readonly TextMark[] {
  const marks: TextMark[] = []
  let position = 0
  for (const { kind, text, isVariant } of parts) {
    if (kind === 'removed') continue
    const core = text.trim()
    if (kind === 'added' && core !== '' && isVariant !== true) {
      const from = position + text.indexOf(core)
      marks.push({ from, to: from + core.length, kind: 'added' })
    }
    position += text.length
  }
  return marks
}
