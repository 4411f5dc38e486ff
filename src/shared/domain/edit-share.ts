import { countWords, diffWords } from './word-diff.ts'

/**
 * How much of a text was changed, 0 to 1: the words that a word diff replaces, takes away or brings in, as a share of
 * the longer text. Two texts without words have changed by 0.
 */
export function editShare(before: string, after: string): number {
  if (before === after) return 0
  const words = Math.max(countWords(before), countWords(after))
  if (words === 0) return 0
  let changed = 0
  let removed = 0
  for (const part of diffWords(before, after).parts) {
    switch (part.isVariant === true ? 'same' : part.kind) {
      case 'same':
        changed += removed
        removed = 0
        break
      case 'removed':
        removed = countWords(part.text)
        break
      case 'added':
        // What stands in the place of removed words is one change with them, not two.
        changed += Math.max(removed, countWords(part.text))
        removed = 0
        break
    }
  }
  return Math.min(1, (changed + removed) / words)
}
