import { diffArrays } from 'diff'

export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

export interface WordDiff {
  /** All `same` and `removed` parts joined are the old text, all `same` and `added` parts the new one. */
  readonly parts: readonly DiffPart[]
  /** True when the texts differ too much for a word diff, so that whole sentences are compared. */
  readonly isCoarse: boolean
}

/**
 * One unit that is compared: a word, a punctuation mark or a sentence, with the white space in front
 * of it. White space is carried along and not compared, so that it never breaks a change in two.
 */
interface Token {
  readonly lead: string
  readonly core: string
  readonly isWord: boolean
}

/** A stretch of both token lists: equal ones, or ones that were replaced by others. */
interface Block {
  readonly kind: 'same' | 'changed'
  readonly before: readonly Token[]
  readonly after: readonly Token[]
}

// Word and sentence boundaries follow the script of the text, not the language asked for, in all
// but a few marks; a fixed language keeps the result the same on every machine.
const WORDS = new Intl.Segmenter('en', { granularity: 'word' })
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Bounds the work: the search costs the square of the number of differing tokens. */
const MAX_WORD_EDITS = 1_200
const MAX_SENTENCE_EDITS = 600

const WHITE_SPACE_ONLY = /^\s*$/u

/** How long a word may be to count as a chance match between two rewritten stretches ("a", "the"). */
const CHANCE_WORD_UNITS = 3
/** How many tokens must have changed on each side of a chance match before it is given up. */
const REWRITTEN_TOKENS = 4

/**
 * Compares two texts word by word (Unicode word segmentation, shortest edit script). Lossless: the
 * parts rebuild both texts exactly. Differences of white space alone are parts of their own.
 */
export function diffWords(before: string, after: string): WordDiff {
  const { start, middle, end } = splitCommon(tokenize(before, WORDS), tokenize(after, WORDS))
  const byWord = compare(middle.before, middle.after, MAX_WORD_EDITS)
  const found = byWord ?? compareSentences(middle.before, middle.after)
  const blocks: Block[] = [{ kind: 'same', ...start }, ...found, { kind: 'same', ...end }]
  return {
    parts: toParts(byWord === null ? blocks : joinChanceMatches(blocks)),
    isCoarse: byWord === null,
  }
}

function compareSentences(beforeWords: readonly Token[], afterWords: readonly Token[]): Block[] {
  const before = tokenize(joinTokens(beforeWords), SENTENCES)
  const after = tokenize(joinTokens(afterWords), SENTENCES)
  return compare(before, after, MAX_SENTENCE_EDITS) ?? [{ kind: 'changed', before, after }]
}

/** Counts the words that a diff takes away and brings in; white space and punctuation do not count. */
export function countChangedWords(diff: WordDiff): { removed: number; added: number } {
  let removed = 0
  let added = 0
  for (const part of diff.parts) {
    if (part.kind === 'same') continue
    const words = countWords(part.text)
    if (part.kind === 'removed') removed += words
    else added += words
  }
  return { removed, added }
}

/** Counts the words of a text by Unicode word boundaries, so that Chinese and Thai count too. */
export function countWords(text: string): number {
  let words = 0
  for (const segment of WORDS.segment(text)) if (segment.isWordLike === true) words += 1
  return words
}

/** True for a part that changes only spaces, tabs or line ends, which is shown more quietly. */
export function isWhiteSpaceOnly(part: DiffPart): boolean {
  return WHITE_SPACE_ONLY.test(part.text)
}

function tokenize(text: string, segmenter: Intl.Segmenter): Token[] {
  const tokens: Token[] = []
  let lead = ''
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (WHITE_SPACE_ONLY.test(segment)) {
      lead += segment
    } else {
      tokens.push({ lead, core: segment, isWord: isWordLike ?? true })
      lead = ''
    }
  }
  if (lead !== '') tokens.push({ lead, core: '', isWord: false })
  return tokens
}

/**
 * Cuts both lists into an equal start, the middle that has to be searched, and an equal end. Of a
 * long text with few edits this leaves next to nothing to search.
 */
function splitCommon(before: readonly Token[], after: readonly Token[]) {
  const isEqual = (a: Token | undefined, b: Token | undefined) =>
    a !== undefined && b !== undefined && a.core === b.core
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

function compare(
  before: readonly Token[],
  after: readonly Token[],
  maxEditLength: number,
): Block[] | null {
  const changes = diffArrays(
    before.map((token) => token.core),
    after.map((token) => token.core),
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

function toParts(blocks: readonly Block[]): DiffPart[] {
  const writer = createPartWriter()
  for (const block of blocks) {
    if (block.kind === 'same') writeSame(writer, block)
    else writeChanged(writer, block)
  }
  return writer.finish()
}

type PartWriter = ReturnType<typeof createPartWriter>

/** Collects text and puts what was removed before what was added between two equal stretches. */
function createPartWriter() {
  const parts: DiffPart[] = []
  let same = ''
  let removed = ''
  let added = ''
  const flushChanges = () => {
    if (removed !== '') parts.push({ kind: 'removed', text: removed })
    if (added !== '') parts.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  const flushSame = () => {
    if (same !== '') parts.push({ kind: 'same', text: same })
    same = ''
  }
  return {
    same(text: string) {
      if (text === '') return
      flushChanges()
      same += text
    },
    change(oldText: string, newText: string) {
      if (oldText === '' && newText === '') return
      flushSame()
      removed += oldText
      added += newText
    },
    finish() {
      flushSame()
      flushChanges()
      return parts
    },
  }
}

function writeSame(writer: PartWriter, block: Block): void {
  block.after.forEach((token, index) => {
    const oldLead = block.before[index]?.lead ?? ''
    if (oldLead === token.lead) writer.same(token.lead)
    else writer.change(oldLead, token.lead)
    writer.same(token.core)
  })
}

function writeChanged(writer: PartWriter, { before, after }: Block): void {
  const oldLead = before[0]?.lead
  const newLead = after[0]?.lead
  const isShared = oldLead !== undefined && oldLead === newLead
  if (isShared) writer.same(oldLead)
  writer.change(joinTokens(before, isShared), joinTokens(after, isShared))
}

function joinTokens(tokens: readonly Token[], skipFirstLead = false): string {
  return tokens
    .map((token, index) => (skipFirstLead && index === 0 ? token.core : token.lead + token.core))
    .join('')
}
