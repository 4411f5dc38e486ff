import { getWordNet } from '../lexicon/language.ts'
import { COLOURS, MATERIALS } from '../lexicon/word-lists.ts'
import { isNounLike, type Tag, type Token } from './tagger.ts'

/** "long-sleeved", "18-inch" and "t-shirt" are one word; "black-and-white" is its colours. */
export function joinWords(split: readonly Token[]): Token[] {
  const tokens = joinNumbers(split)
  const joined: Token[] = []
  let at = 0
  while (at < tokens.length) {
    const end = hyphenatedEnd(tokens, at)
    const parts = tokens.slice(at, end)
    if (parts.length === 1) joined.push(...parts)
    else if (parts.every(isColourPart))
      joined.push(...parts.filter(({ text }) => text !== '-').map(asColourPart))
    else joined.push(joinParts(parts, tokens[end]))
    at = end
  }
  return joined
}

/** The tagger splits "3d" and "18mm". */
function joinNumbers(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    const isTail = token.isGlued && /^\p{L}{1,4}$/u.test(token.text) && last?.tag === 'NUM'
    if (!isTail) joined.push(token)
    else {
      const text = last.text + token.text
      const merged = {
        ...last,
        text,
        lower: text.toLowerCase(),
        end: token.end,
        tag: 'ADJ' as const,
      }
      joined[joined.length - 1] = merged
    }
  }
  return joined
}

function hyphenatedEnd(tokens: readonly Token[], start: number): number {
  let end = start + 1
  if (!/[\p{L}\d]$/u.test(tokens[start]?.text ?? '')) return end
  for (;;) {
    const hyphen = tokens[end]
    const word = tokens[end + 1]
    const isJoint =
      hyphen?.text === '-' &&
      hyphen.isGlued &&
      word?.isGlued === true &&
      /^[\p{L}\d]/u.test(word.text)
    if (!isJoint) return end
    end += 2
  }
}

function isColourPart({ lower }: Token): boolean {
  return lower === '-' || lower === 'and' || COLOURS.has(lower)
}

function asColourPart(token: Token): Token {
  return { ...token, tag: token.lower === 'and' ? 'CCONJ' : 'ADJ' }
}

function joinParts(parts: readonly Token[], next: Token | undefined): Token {
  const [first] = parts
  const last = parts.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('No parts to join.')
  const text = parts.map((part) => part.text).join('')
  const lower = text.toLowerCase()
  const describes =
    first.tag === 'NUM' ||
    last.tag === 'ADJ' ||
    /(?:ed|ing)$/.test(lower) ||
    MATERIALS.has(last.lower) ||
    isNounLike(next) ||
    next?.tag === 'ADJ'
  const wordNet = getWordNet()
  const isNoun = wordNet.baseForm(lower, 'noun') !== null || (isNounLike(last) && !describes)
  const tag: Tag = isNoun ? 'NOUN' : describes ? 'ADJ' : last.tag
  return { text, lower, start: first.start, end: last.end, tag, isGlued: first.isGlued }
}
