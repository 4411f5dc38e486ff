import { TOKEN_TARGETS } from '../../shared/domain/token-budget.ts'
import { createSeededRandom } from '../base/seeded-random.ts'
import type { ShapeArgs, ShapedTexts } from './requests.ts'
import { createTokenCounter, cutAtWord } from './tokens/fit-tokens.ts'
import type { TargetTokenizer } from './tokens/measure-budgets.ts'
import { prepareText, splitSentences } from './units/prepare-text.ts'

/** Picks sentences and keeps to a limit of tokens, one answer for each text in the same order. */
export function shapeTexts(
  { texts, sentences, tokens }: Omit<ShapeArgs, 'tokenizers'>,
  tokenizers: readonly TargetTokenizer[],
): ShapedTexts {
  const counter = tokens === null ? null : createTokenCounter(tokens.target, tokenizers)
  const shaped = texts.map(({ prefix, text, key }) => {
    const picked = sentences === null ? text : pickSentences(text, key, sentences)
    if (tokens === null || counter === null) return { text: picked, isCut: false }
    const limit = tokens.limit ?? limitOf(tokens)
    const fits = (beginning: string): boolean => counter.count(prefix + beginning) <= limit
    if (fits(picked)) return { text: picked, isCut: false }
    const cut = cutText(picked, tokens.over, fits)
    return { text: cut === '' ? null : cut, isCut: cut !== '' }
  })
  return { texts: shaped, isExact: counter?.isExact ?? true }
}

function limitOf({ target }: NonNullable<ShapeArgs['tokens']>): number {
  const found = TOKEN_TARGETS.find(({ id }) => id === target)
  if (found === undefined) throw new Error(`There is no target ${target}.`)
  return found.limit
}

function pickSentences(
  text: string,
  key: string,
  { pick, count }: NonNullable<ShapeArgs['sentences']>,
): string {
  const spans = splitSentences(text, prepareText(text))
  if (spans.length <= count) return text
  if (pick === 'first') return text.slice(0, spans[count - 1]?.end ?? text.length)
  const random = createSeededRandom(key)
  const drawn = spans
    .map((span, index) => ({ span, index, lot: random() }))
    .sort((left, right) => left.lot - right.lot || left.index - right.index)
    .slice(0, count)
    .sort((left, right) => left.index - right.index)
  return drawn.map(({ span }) => text.slice(span.start, span.end)).join(' ')
}

/** A first sentence that is too long by itself is cut at a word. '' where the text is to be left out. */
function cutText(
  text: string,
  over: NonNullable<ShapeArgs['tokens']>['over'],
  fits: (beginning: string) => boolean,
): string {
  switch (over) {
    case 'leave-out':
      return ''
    case 'word':
      return cutAtWord(text, fits)
    case 'sentence': {
      const whole = splitSentences(text, prepareText(text))
        .map(({ end }) => text.slice(0, end))
        .findLast(fits)
      return whole ?? cutAtWord(text, fits)
    }
  }
}
