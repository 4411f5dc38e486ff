import { listSentences } from '../../../../../shared/domain/word-diff-tokens.ts'

/** Turns captions into texts with one sentence a line, and back, so that lines can be merged. */
export interface SentenceLines {
  readonly wrap: (caption: string) => string
  readonly unwrap: (lines: string) => string
}

const LINE_ENDS = ['\r\n', '\n', '\r'] as const
/** Private use characters: no text means anything by them, but a text may hold any all the same. */
const FIRST_STAND_IN = 0xe000
const LAST_STAND_IN = 0xf8ff

/**
 * Line ends of the captions themselves become stand-ins, characters that none of the given texts has,
 * so that `unwrap` gives back every caption byte for byte.
 */
export function createSentenceLines(...texts: readonly string[]): SentenceLines {
  const all = texts.join('')
  const standIns: string[] = []
  for (let code = FIRST_STAND_IN; code <= LAST_STAND_IN; code += 1) {
    const character = String.fromCharCode(code)
    if (!all.includes(character)) standIns.push(character)
    if (standIns.length === LINE_ENDS.length) break
  }
  const pairs = LINE_ENDS.map((lineEnd, index) => [lineEnd, standIns[index] ?? lineEnd] as const)
  return {
    wrap: (caption) =>
      listSentences(caption)
        .map((sentence) =>
          pairs.reduce((text, [end, mark]) => text.replaceAll(end, mark), sentence),
        )
        .join('\n'),
    unwrap: (lines) =>
      pairs.reduce((text, [end, mark]) => text.replaceAll(mark, end), lines.replaceAll('\n', '')),
  }
}
