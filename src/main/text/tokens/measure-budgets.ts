import {
  TOKEN_TARGETS,
  type TokenBudget,
  type TokenTargetId,
} from '../../../shared/domain/token-budget.ts'
import { graphemeBoundary, wordBoundary } from './cut-point.ts'
import { estimateTokens } from './estimate-tokens.ts'

export interface EncodedText {
  /** Tokens of the text without those that open, close or pad a sequence. */
  readonly count: number
  /** UTF-16 offset at which each of them ends; null where the tokenizer does not tell. */
  readonly ends: readonly number[] | null
}

/** The very tokenizer of a target, from an installed pack. */
export interface TargetTokenizer {
  readonly target: TokenTargetId
  encode(text: string): EncodedText
}

/** Counting more than this exactly takes seconds at worst, and no window holds a tenth of it. */
export const MAX_EXACT_LENGTH = 20_000

type TokenTarget = (typeof TOKEN_TARGETS)[number]

function countCharacters(text: string, { id, limit }: TokenTarget): TokenBudget {
  let used = 0
  let offset = 0
  let end = 0
  for (const character of text) {
    used += 1
    offset += character.length
    if (used === limit) end = offset
  }
  const cutAt = used > limit ? graphemeBoundary(text, end) : null
  return { target: id, used, limit, isExact: true, cutAt }
}

/** The longest prefix that has at most `limit` tokens, where a tokenizer tells counts only. */
function findCut(text: string, limit: number, count: (prefix: string) => number): number {
  let high = Math.min(text.length, limit * 4)
  while (high < text.length && count(text.slice(0, high)) <= limit) high *= 2
  high = Math.min(high, text.length)
  let low = 0
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (count(text.slice(0, middle)) <= limit) low = middle
    else high = middle - 1
  }
  return low
}

function countTokens(text: string, target: TokenTarget, tokenizer: TargetTokenizer): TokenBudget {
  const { id, limit } = target
  const { count, ends } = tokenizer.encode(text)
  const budget = { target: id, used: count, limit, isExact: true }
  if (count <= limit) return { ...budget, cutAt: null }
  const end =
    ends === null
      ? findCut(text, limit, (prefix) => tokenizer.encode(prefix).count)
      : (ends[limit - 1] ?? 0)
  return { ...budget, cutAt: wordBoundary(text, end) }
}

function guessTokens(text: string, { id, limit }: TokenTarget): TokenBudget {
  let sum = 0
  let end: number | null = null
  for (const { start, cost } of estimateTokens(text, id) ?? []) {
    sum += cost
    if (end === null && Math.round(sum) > limit) end = start
  }
  const cutAt = end === null ? null : wordBoundary(text, end)
  return { target: id, used: Math.round(sum), limit, isExact: false, cutAt }
}

/**
 * How a text fits each of `TOKEN_TARGETS`, in their order: exactly where its tokenizer is given and the text has at most
 * 20,000 characters, else by an estimate whose error docs/decisions/012 tells. A word of which the trainer sees only the beginning counts as not seen.
 */
export function measureBudgets(
  text: string,
  tokenizers: readonly TargetTokenizer[] = [],
): TokenBudget[] {
  return TOKEN_TARGETS.map((target) => {
    if (target.unit === 'characters') return countCharacters(text, target)
    const tokenizer = tokenizers.find((each) => each.target === target.id)
    return tokenizer === undefined || text.length > MAX_EXACT_LENGTH
      ? guessTokens(text, target)
      : countTokens(text, target, tokenizer)
  })
}
