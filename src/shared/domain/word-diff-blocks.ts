import { diffArrays } from 'diff'
import { joinTokens, tokenizeSentences, type Token } from './word-diff-tokens.ts'

/** A stretch of both token lists: equal ones, or ones that were replaced by others. */
export interface Block {
  readonly kind: 'same' | 'changed'
  readonly before: readonly Token[]
  readonly after: readonly Token[]
}

/** Bounds the work: the search costs the square of the number of differing tokens. */
const MAX_WORD_EDITS = 1_200
const MAX_SENTENCE_EDITS = 600

/** How long a word may be to count as a chance match between two rewritten stretches ("a", "the"). */
const CHANCE_WORD_UNITS = 3
const SENTENCE_END = /^[.!?…。！？]$/u
/** How many tokens must have changed on each side of a chance match before it is given up. */
const REWRITTEN_TOKENS = 4

/** What words are compared by. */
type KeyOf = (core: string) => string

const asWritten: KeyOf = (core) => core

/**
 * Aligns two lists of words; those with one key are the same. `isCoarse` is true when they differ too much for that, so that whole
 * sentences were compared, or nothing was.
 */
export function alignWords(
  beforeWords: readonly Token[],
  afterWords: readonly Token[],
  keyOf: KeyOf = asWritten,
): { readonly blocks: readonly Block[]; readonly isCoarse: boolean } {
  const { start, middle, end } = splitCommon(beforeWords, afterWords, keyOf)
  const byWord = compare(middle, keyOf, MAX_WORD_EDITS)
  const found = byWord ?? compareSentences(middle, keyOf)
  const blocks: Block[] = [{ kind: 'same', ...start }, ...found, { kind: 'same', ...end }]
  return {
    blocks: byWord === null ? joinChanged(blocks) : endSentences(joinChanceMatches(blocks)),
    isCoarse: byWord === null,
  }
}

type Sides = Pick<Block, 'before' | 'after'>

function compareSentences(words: Sides, keyOf: KeyOf): Block[] {
  const before = tokenizeSentences(joinTokens(words.before))
  const after = tokenizeSentences(joinTokens(words.after))
  const found = compare({ before, after }, keyOf, MAX_SENTENCE_EDITS)
  return found ?? [{ kind: 'changed', before, after }]
}

/**
 * Cuts both lists into an equal start, the middle that has to be searched, and an equal end. Of a
 * long text with few edits this leaves next to nothing to search.
 */
function splitCommon(before: readonly Token[], after: readonly Token[], keyOf: KeyOf) {
  const isEqual = (a: Token | undefined, b: Token | undefined) =>
    a !== undefined && b !== undefined && (a.core === b.core || keyOf(a.core) === keyOf(b.core))
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isEqual(before[start], after[start])) start += 1
  let end = 0
  while (start + end < shorter && isEqual(before.at(-1 - end), after.at(-1 - end))) end += 1
  const cut = (
    from: (tokens: readonly Token[]) => number,
    to: (tokens: readonly Token[]) => number,
  ) => ({
    before: before.slice(from(before), to(before)),
    after: after.slice(from(after), to(after)),
  })
  return {
    start: cut(
      () => 0,
      () => start,
    ),
    middle: cut(
      () => start,
      (tokens) => tokens.length - end,
    ),
    end: cut(
      (tokens) => tokens.length - end,
      (tokens) => tokens.length,
    ),
  }
}

function compare({ before, after }: Sides, keyOf: KeyOf, maxEditLength: number): Block[] | null {
  const changes = diffArrays(
    before.map((token) => keyOf(token.core)),
    after.map((token) => keyOf(token.core)),
    { maxEditLength },
  )
  if (changes === undefined) return null
  const blocks: Block[] = []
  let beforeAt = 0
  let afterAt = 0
  for (const { count, added, removed } of changes) {
    const beforeEnd = added ? beforeAt : beforeAt + count
    const afterEnd = removed ? afterAt : afterAt + count
    blocks.push({
      kind: added || removed ? 'changed' : 'same',
      before: before.slice(beforeAt, beforeEnd),
      after: after.slice(afterAt, afterEnd),
    })
    beforeAt = beforeEnd
    afterAt = afterEnd
  }
  return joinChanged(blocks)
}

function joinChanged(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    if (block.before.length === 0 && block.after.length === 0) continue
    const last = joined.at(-1)
    if (last?.kind === 'changed' && block.kind === 'changed') {
      joined[joined.length - 1] = {
        kind: 'changed',
        before: [...last.before, ...block.before],
        after: [...last.after, ...block.after],
      }
    } else joined.push(block)
  }
  return joined
}

/**
 * Gives up matches that only make a diff harder to read: a hyphen inside two replaced words, or a
 * lone "a" that two rewritten stretches happen to share.
 */
function joinChanceMatches(found: readonly Block[]): Block[] {
  const blocks = joinChanged(found)
  const readable = blocks.map((block, index): Block => {
    const previous = blocks[index - 1]
    const next = blocks[index + 1]
    if (block.kind === 'changed' || previous === undefined || next === undefined) return block
    const isChance = isInnerPunctuation(block, next) || isChanceWord(block, previous, next)
    return isChance ? { ...block, kind: 'changed' } : block
  })
  return joinChanged(readable)
}

/**
 * Of the places where an insertion or a deletion can stand alike, takes the one that makes it a whole
 * sentence: `It is late. It rains.` gains ` It rains.` and not `. It rains`.
 */
function endSentences(blocks: readonly Block[]): Block[] {
  const shifted = [...blocks]
  for (let index = 1; index < shifted.length - 1; index += 1) {
    const previous = shifted[index - 1]
    const block = shifted[index]
    const next = shifted[index + 1]
    if (previous === undefined || block?.kind !== 'changed' || next === undefined) continue
    const side = block.before.length === 0 ? 'after' : 'before'
    const other = side === 'after' ? 'before' : 'after'
    const [first, ...rest] = block[side]
    const last = next[side][0]
    const partner = next[other][0]
    const isEnd = first !== undefined && SENTENCE_END.test(first.core) && last?.core === first.core
    if (!isEnd || partner === undefined || block[other].length > 0 || rest.length === 0) continue
    shifted[index - 1] = {
      ...previous,
      [side]: [...previous[side], first],
      [other]: [...previous[other], partner],
    }
    shifted[index] = { ...block, [side]: [...rest, last] }
    shifted[index + 1] = { ...next, before: next.before.slice(1), after: next.after.slice(1) }
  }
  return shifted.filter((block) => block.before.length + block.after.length > 0)
}

function isInnerPunctuation(block: Block, next: Block): boolean {
  const isTight = (tokens: readonly Token[]) => tokens.every((token) => token.lead === '')
  return (
    block.before.every((token) => !token.isWord && token.core !== '') &&
    isTight(block.before) &&
    isTight(block.after) &&
    next.before[0]?.lead === '' &&
    next.after[0]?.lead === ''
  )
}

function isChanceWord(block: Block, previous: Block, next: Block): boolean {
  const [token] = block.before
  return (
    block.before.length === 1 &&
    token !== undefined &&
    token.core.length <= CHANCE_WORD_UNITS &&
    isRewritten(previous) &&
    isRewritten(next)
  )
}

function isRewritten({ before, after }: Block): boolean {
  return before.length > 0 && after.length > 0 && before.length + after.length >= REWRITTEN_TOKENS
}
