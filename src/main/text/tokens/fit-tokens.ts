import { TOKEN_TARGETS, type TokenTargetId } from '../../../shared/domain/token-budget.ts'
import { wordBoundary } from './cut-point.ts'
import { estimateTokens } from './estimate-tokens.ts'
import { MAX_EXACT_LENGTH, type TargetTokenizer } from './measure-budgets.ts'

export interface TokenCounter {
  /** False where the tokenizer of the target is not installed and tokens are estimated. */
  readonly isExact: boolean
  count(text: string): number
}

export function createTokenCounter(
  target: TokenTargetId,
  tokenizers: readonly TargetTokenizer[],
): TokenCounter {
  const unit = TOKEN_TARGETS.find(({ id }) => id === target)?.unit
  if (unit === 'characters') return { isExact: true, count: (text) => Array.from(text).length }
  const tokenizer = tokenizers.find((each) => each.target === target)
  const estimate = (text: string): number =>
    Math.round((estimateTokens(text, target) ?? []).reduce((sum, { cost }) => sum + cost, 0))
  return {
    isExact: tokenizer !== undefined,
    count: (text) =>
      tokenizer === undefined || text.length > MAX_EXACT_LENGTH
        ? estimate(text)
        : tokenizer.encode(text).count,
  }
}

/** The longest beginning of a text that `fits` takes, cut before the first word that is not whole; '' where none is. */
export function cutAtWord(text: string, fits: (beginning: string) => boolean): string {
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (fits(text.slice(0, middle))) low = middle
    else high = middle - 1
  }
  // A shorter beginning may have more tokens than a longer one, where a cut parts what was one token.
  let end = low
  while (end > 0) {
    const boundary = end === text.length ? end : wordBoundary(text, end)
    const beginning = text.slice(0, boundary).trimEnd()
    if (fits(beginning)) return beginning
    end = Math.min(boundary, end - 1)
  }
  return ''
}
