import type { TokenTargetId } from '../../../shared/domain/token-budget.ts'

/** A stretch of a text and the tokens that it costs, as an expected value. */
export interface Piece {
  readonly start: number
  readonly cost: number
}

/** Mean tokens of what a tokenizer splits off; docs/decisions/012 tells what they were counted on. */
interface Costs {
  /** English words of 1, 2, 3 … letters; the last entry holds for it and each further letter adds `letter`. */
  readonly words: readonly number[]
  readonly letter: number
  /** What a Latin letter with an accent adds. */
  readonly accent: number
  readonly digit: number
  readonly mark: number
  /** Curly quotation marks and other punctuation outside ASCII. */
  readonly wideMark: number
  readonly cyrillic: number
  readonly eastAsian: number
  readonly hangul: number
  readonly otherLetter: number
  readonly emoji: number
  readonly space: number
}

const CLIP: Costs = {
  words: [1, 1, 1, 1, 1.01, 1.04, 1.08, 1.13, 1.26, 1.28, 1.52, 1.41, 1.67, 1.8],
  letter: 0.35,
  accent: 0.6,
  digit: 1,
  mark: 1,
  wideMark: 1.6,
  cyrillic: 1.2,
  eastAsian: 2.5,
  hangul: 1.4,
  otherLetter: 1,
  emoji: 1,
  space: 0,
}

/** GPT-2's byte pairs, which OPT and with it Altogether's captioner use. */
const OPT: Costs = {
  words: [1, 1, 1.01, 1.03, 1.05, 1.12, 1.19, 1.21, 1.44, 1.38, 1.92, 1.77, 2.43, 2.43],
  letter: 0.35,
  accent: 0.6,
  digit: 0.5,
  mark: 1,
  wideMark: 1.6,
  cyrillic: 1.2,
  eastAsian: 2.2,
  hangul: 3,
  otherLetter: 1.4,
  emoji: 2.5,
  space: 1,
}

/** SigLIP lowers the text and takes punctuation out before its 32,000 pieces. */
const SIGLIP: Costs = {
  words: [1, 1, 1.01, 1.07, 1.09, 1.24, 1.3, 1.45, 1.69, 1.66, 2.08, 2.1, 2.8, 2.8],
  letter: 0.4,
  accent: 0.6,
  digit: 1,
  mark: 0,
  wideMark: 0.8,
  cyrillic: 1.2,
  eastAsian: 2,
  hangul: 2,
  otherLetter: 1.4,
  emoji: 3,
  space: 0,
}

const COSTS: Readonly<Partial<Record<TokenTargetId, Costs>>> = {
  'clip-77': CLIP,
  'clip-248': CLIP,
  'siglip-64': SIGLIP,
  'altogether-caption': OPT,
  'altogether-alt': OPT,
}

const PIECE =
  /(?<latin>[\p{Script=Latin}\p{M}]+)|(?<letter>\p{L})|(?<digit>\p{N})|(?<space>\s+)|(?<mark>[!-/:-@[-`{-~]+)|(?<other>.)/gsu

function wordCost(word: string, costs: Costs): number {
  const { words, letter, accent } = costs
  const known = words[Math.min(word.length, words.length) - 1] ?? 1
  const more = Math.max(0, word.length - words.length) * letter
  const accents = word.match(/[^a-z]/giu)?.length ?? 0
  return known + more + accents * accent
}

function letterCost(letter: string, costs: Costs): number {
  if (/\p{Script=Cyrillic}/u.test(letter)) return costs.cyrillic
  if (/\p{Script=Hangul}/u.test(letter)) return costs.hangul
  if (/[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u.test(letter)) return costs.eastAsian
  return costs.otherLetter
}

/** One space between words costs nothing; what GPT-2 cannot join to a word costs a token each. */
function spaceCost(space: string, costs: Costs): number {
  return space === ' ' ? 0 : (space.length - (space.endsWith(' ') ? 1 : 0)) * costs.space
}

function costOf(match: RegExpExecArray, costs: Costs): number {
  const { latin, letter, digit, space, mark } = match.groups ?? {}
  if (latin !== undefined) return wordCost(latin, costs)
  if (letter !== undefined) return letterCost(letter, costs)
  if (digit !== undefined) return costs.digit
  if (space !== undefined) return spaceCost(space, costs)
  if (mark !== undefined) return costs.mark
  return /\p{Extended_Pictographic}/u.test(match[0]) ? costs.emoji : costs.wideMark
}

/** What a tokenizer of the target is expected to make of a text; null where the target counts no tokens. */
export function estimateTokens(text: string, target: TokenTargetId): Piece[] | null {
  const costs = COSTS[target]
  if (costs === undefined) return null
  return Array.from(text.matchAll(PIECE), (match) => ({
    start: match.index,
    cost: costOf(match, costs),
  }))
}
