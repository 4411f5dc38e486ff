import { listSentences } from '../../../../../shared/domain/word-diff-tokens.ts'
import type { DiffPart, WordDiff } from '../../../../../shared/domain/word-diff.ts'

/** One line of the two columns: what stood there, and what stands there now. */
export interface DiffRow {
  readonly before: readonly DiffPart[]
  readonly after: readonly DiffPart[]
}

/**
 * Breaks a diff into rows of about a sentence, so that what belongs together stands side by side. A row
 * ends where a sentence ends in both texts.
 */
export function splitRows({ parts }: WordDiff): readonly DiffRow[] {
  const rows: DiffRow[] = []
  let before: DiffPart[] = []
  let after: DiffPart[] = []
  const endRow = () => {
    if (before.length + after.length > 0) rows.push({ before, after })
    before = []
    after = []
  }
  for (const part of parts) {
    if (part.kind === 'removed') before.push(part)
    else if (part.kind === 'added') after.push(part)
    else {
      const sentences = listSentences(part.text)
      for (const [index, text] of sentences.entries()) {
        const same: DiffPart = { kind: 'same', text }
        before.push(same)
        after.push(same)
        if (index < sentences.length - 1) endRow()
      }
    }
  }
  endRow()
  return rows
}
