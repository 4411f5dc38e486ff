import type { Block } from './word-diff-blocks.ts'
import { tokenizeSentences, type Token } from './word-diff-tokens.ts'

/** A sentence that stands elsewhere in the new text, word for word; token positions in both lists. */
export interface Move {
  /** From 1, in the order of the old text. */
  readonly number: number
  readonly before: number
  readonly after: number
  readonly length: number
}

/** A stretch of a diff: as a block, or a moved sentence at its old or its new place. */
export type Stretch =
  | Block
  | {
      readonly kind: 'moved-from' | 'moved-to'
      readonly move: number
      readonly tokens: readonly Token[]
    }

interface Sentence {
  readonly first: number
  readonly length: number
  readonly words: number
  readonly text: string
}

/** A shorter sentence is as easily read as a deletion and an insertion. */
const MIN_WORDS = 3

interface Aligned {
  readonly before: readonly Token[]
  readonly after: readonly Token[]
  /** How the words of the two were aligned. */
  readonly blocks: readonly Block[]
}

/** Finds sentences that both texts have, but that were not aligned with each other. */
export function findMoves({ before, after, blocks }: Aligned): readonly Move[] {
  if (blocks.filter((block) => block.kind === 'changed').length < 2) return []
  const partners = listPartners(blocks)
  return pairSentences(listTokenSentences(before), listTokenSentences(after))
    .filter(([old, current]) => !isAligned(partners, old, current))
    .map(([old, current], index) => ({
      number: index + 1,
      before: old.first,
      after: current.first,
      length: old.length,
    }))
}

/** The position in the new list of each token of the old one; -1 where it went. */
function listPartners(blocks: readonly Block[]): number[] {
  const partners: number[] = []
  let afterAt = 0
  for (const { kind, before, after } of blocks) {
    before.forEach((_, index) => partners.push(kind === 'same' ? afterAt + index : -1))
    afterAt += after.length
  }
  return partners
}

function isAligned(partners: readonly number[], old: Sentence, current: Sentence): boolean {
  let aligned = 0
  for (let index = 0; index < old.length; index += 1) {
    if (partners[old.first + index] === current.first + index) aligned += 1
  }
  return aligned * 2 > old.length
}

type Pair = readonly [Sentence, Sentence]

function pairSentences(before: readonly Sentence[], after: readonly Sentence[]): Pair[] {
  const inBefore = byUniqueText(before)
  const inAfter = byUniqueText(after)
  const pairs: Pair[] = []
  for (const [text, old] of inBefore) {
    const current = inAfter.get(text)
    if (old !== null && current != null) pairs.push([old, current])
  }
  return pairs
}

/** A sentence that stands twice has no one place; it is null. */
function byUniqueText(sentences: readonly Sentence[]): Map<string, Sentence | null> {
  const byText = new Map<string, Sentence | null>()
  for (const sentence of sentences) {
    if (sentence.words < MIN_WORDS) continue
    byText.set(sentence.text, byText.has(sentence.text) ? null : sentence)
  }
  return byText
}

function listTokenSentences(tokens: readonly Token[]): Sentence[] {
  const starts = sentenceStarts(tokens)
  return starts.map((first, index) => {
    const part = tokens.slice(first, starts[index + 1] ?? tokens.length)
    if (part.at(-1)?.core === '') part.pop()
    return {
      first,
      length: part.length,
      words: part.filter((token) => token.isWord).length,
      text: part.map(({ lead, core }, at) => (at === 0 ? core : lead + core)).join(''),
    }
  })
}

/** Token positions at which sentences begin. */
function sentenceStarts(tokens: readonly Token[]): number[] {
  const text = tokens.map(({ lead, core }) => lead + core).join('')
  const ends: number[] = []
  let length = 0
  for (const sentence of tokenizeSentences(text)) {
    length += sentence.lead.length + sentence.core.length
    ends.push(length)
  }
  const starts: number[] = []
  let offset = 0
  let sentence = -1
  let end = 0
  for (const [index, { lead, core }] of tokens.entries()) {
    if (offset + lead.length >= end && sentence < ends.length - 1) {
      while (offset + lead.length >= end && sentence < ends.length - 1) {
        sentence += 1
        end = ends[sentence] ?? end
      }
      starts.push(index)
    }
    offset += lead.length + core.length
  }
  return starts
}

/** A list of tokens without its moved sentences, and what has to go back in front of which token. */
interface Remainder {
  readonly tokens: readonly Token[]
  readonly gaps: ReadonlyMap<number, readonly Stretch[]>
}

export function takeOut(
  tokens: readonly Token[],
  moves: readonly Move[],
  side: 'before' | 'after',
): Remainder {
  const left: Token[] = []
  const gaps = new Map<number, Stretch[]>()
  let at = 0
  for (const move of moves.toSorted((a, b) => a[side] - b[side])) {
    left.push(...tokens.slice(at, move[side]))
    at = move[side] + move.length
    const gap = gaps.get(left.length) ?? []
    gap.push({
      kind: side === 'before' ? 'moved-from' : 'moved-to',
      move: move.number,
      tokens: tokens.slice(move[side], at),
    })
    gaps.set(left.length, gap)
  }
  left.push(...tokens.slice(at))
  return { tokens: left, gaps }
}

/** Puts the moved sentences back where they stood and where they stand now. */
export function putBack(
  blocks: readonly Block[],
  before: Remainder,
  after: Remainder,
): readonly Stretch[] {
  if (before.gaps.size === 0) return blocks
  const woven: (Stretch | OpenBlock)[] = []
  let beforeAt = 0
  let afterAt = 0
  for (const { kind, before: old, after: current } of blocks) {
    for (let index = 0; index < Math.max(old.length, current.length); index += 1) {
      const oldToken = old[index]
      const newToken = current[index]
      if (oldToken !== undefined) woven.push(...(before.gaps.get(beforeAt++) ?? []))
      if (newToken !== undefined) woven.push(...(after.gaps.get(afterAt++) ?? []))
      const block = openBlock(woven, kind)
      if (oldToken !== undefined) block.before.push(oldToken)
      if (newToken !== undefined) block.after.push(newToken)
    }
  }
  woven.push(...(before.gaps.get(beforeAt) ?? []), ...(after.gaps.get(afterAt) ?? []))
  return woven
}

/** A block that still grows. */
interface OpenBlock {
  readonly kind: Block['kind']
  readonly before: Token[]
  readonly after: Token[]
  readonly isOpen: true
}

function openBlock(woven: (Stretch | OpenBlock)[], kind: Block['kind']): OpenBlock {
  const last = woven.at(-1)
  if (last !== undefined && 'isOpen' in last && last.kind === kind) return last
  const block: OpenBlock = { kind, before: [], after: [], isOpen: true }
  woven.push(block)
  return block
}
