import { countWords } from '../../../../../shared/domain/word-diff.ts'

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

export interface TextCounts {
  readonly words: number
  /** What a reader would call characters: an emoji sequence or a letter with its accents is one. */
  readonly characters: number
}

export function countText(text: string): TextCounts {
  let characters = 0
  for (const _grapheme of GRAPHEMES.segment(text)) characters += 1
  return { words: countWords(text), characters }
}
