import { alignWords, type Block } from './word-diff-blocks.ts'
import { findMoves, putBack, takeOut, type Stretch } from './word-diff-moves.ts'
import { countWords, foldVariants, joinTokens, tokenizeWords } from './word-diff-tokens.ts'

export { countWords }

export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
  /**
   * Names the sentence that moved: the removed part at its old place and the added part at its new one
   * have the same number, and the same text but for white space at the edges.
   */
  readonly move?: number
  /**
   * True for one character that only became a typographic variant of itself, such as a curly quote for a straight one:
   * one removed part, and then one added part of the same length. Words around them are the same.
   */
  readonly isVariant?: true
}

export interface WordDiff {
  /** All `same` and `removed` parts joined are the old text, all `same` and `added` parts the new one. */
  readonly parts: readonly DiffPart[]
  /** True when the texts differ too much for a word diff, so that whole sentences are compared. */
  readonly isCoarse: boolean
}

const WHITE_SPACE_ONLY = /^\s*$/u
const PUNCTUATION_ONLY = /^[\s\p{P}\p{Sm}\p{Sk}]*$/u

/**
 * Compares two texts word by word (Unicode word segmentation, shortest edit script); sentences that
 * only changed their place are told apart. Lossless: the parts rebuild both texts exactly.
 * Differences of white space alone are parts of their own, and so are those of typographic variants.
 */
export function diffWords(before: string, after: string): WordDiff {
  if (before === after) {
    return { parts: before === '' ? [] : [{ kind: 'same', text: before }], isCoarse: false }
  }
  const oldTokens = tokenizeWords(before)
  const newTokens = tokenizeWords(after)
  const { blocks, isCoarse } = alignWords(oldTokens, newTokens, foldVariants)
  const moves = isCoarse ? [] : findMoves({ before: oldTokens, after: newTokens, blocks })
  if (moves.length === 0) return { parts: toParts(blocks), isCoarse }
  const old = takeOut(oldTokens, moves, 'before')
  const current = takeOut(newTokens, moves, 'after')
  const rest = alignWords(old.tokens, current.tokens, foldVariants)
  // The places of moved sentences are counted in words.
  const stretches = rest.isCoarse ? blocks : putBack(rest.blocks, old, current)
  return { parts: toParts(stretches), isCoarse }
}

/**
 * Counts the words that a diff takes away and brings in; white space, punctuation, typographic variants and
 * sentences that only moved do not count.
 */
export function countChangedWords(diff: WordDiff): { removed: number; added: number } {
  let removed = 0
  let added = 0
  for (const part of diff.parts) {
    if (part.kind === 'same' || part.move !== undefined || part.isVariant === true) continue
    const words = countWords(part.text)
    if (part.kind === 'removed') removed += words
    else added += words
  }
  return { removed, added }
}

/** A stretch that stands in both texts, but for typographic variants: positions and a length in UTF-16 units. */
export interface KeptStretch {
  readonly from: number
  readonly to: number
  readonly length: number
}

/** What neither went, came nor moved, in order; stretches that adjoin in both texts are one. */
export function keptStretches({ parts }: WordDiff): KeptStretch[] {
  const stretches: KeptStretch[] = []
  let from = 0
  let to = 0
  for (const { kind, text, isVariant } of parts) {
    if (kind !== 'added') from += text.length
    if (kind !== 'removed') to += text.length
    if (kind === 'removed' || (kind === 'added' && isVariant !== true)) continue
    const start = { from: from - text.length, to: to - text.length }
    const last = stretches.at(-1)
    const adjoins =
      last !== undefined &&
      last.from + last.length === start.from &&
      last.to + last.length === start.to
    if (adjoins) stretches[stretches.length - 1] = { ...last, length: last.length + text.length }
    else stretches.push({ ...start, length: text.length })
  }
  return stretches
}

/** Counts the sentences that only changed their place. */
export function countMovedSentences(diff: WordDiff): number {
  return diff.parts.filter((part) => part.kind === 'added' && part.move !== undefined).length
}

/** True for a part that changes only spaces, tabs or line ends, which is shown more quietly. */
export function isWhiteSpaceOnly(part: DiffPart): boolean {
  return WHITE_SPACE_ONLY.test(part.text)
}

/** True for a part without a word in it, such as a comma that became a full stop. */
export function isPunctuationOnly(part: DiffPart): boolean {
  return PUNCTUATION_ONLY.test(part.text)
}

function toParts(stretches: readonly Stretch[]): DiffPart[] {
  const writer = createPartWriter()
  for (const stretch of stretches) {
    switch (stretch.kind) {
      case 'same':
        writeSame(writer, stretch)
        break
      case 'changed':
        writeChanged(writer, stretch)
        break
      case 'moved-from':
        writer.moved('removed', joinTokens(stretch.tokens), stretch.move)
        break
      case 'moved-to':
        writer.moved('added', joinTokens(stretch.tokens), stretch.move)
    }
  }
  return writer.finish()
}

type PartWriter = ReturnType<typeof createPartWriter>

/** Collects text and puts what was removed before what was added between two equal stretches. */
function createPartWriter() {
  const parts: DiffPart[] = []
  let same = ''
  let removed: DiffPart[] = []
  let added: DiffPart[] = []
  const flushChanges = () => {
    // "meadow | stock" to "meadow." reads as `meadow.` and then what went, not as `meadow .`.
    const isTight = startsWithSpace(removed[0]) && added.length > 0 && !startsWithSpace(added[0])
    const endsInSpace = /(^|\s)$/u.test(parts.at(-1)?.text ?? '')
    parts.push(...(isTight && !endsInSpace ? [...added, ...removed] : [...removed, ...added]))
    removed = []
    added = []
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
      appendTo(removed, { kind: 'removed', text: oldText })
      appendTo(added, { kind: 'added', text: newText })
    },
    variant(before: string, after: string) {
      flushSame()
      flushChanges()
      removed.push({ kind: 'removed', text: before, isVariant: true })
      added.push({ kind: 'added', text: after, isVariant: true })
      flushChanges()
    },
    moved(kind: 'removed' | 'added', text: string, move: number) {
      flushSame()
      const side = kind === 'removed' ? removed : added
      side.push({ kind, text, move })
    },
    finish() {
      flushSame()
      flushChanges()
      return parts
    },
  }
}

/** Joins plain changes, and gives a moved sentence the white space that follows it. */
function appendTo(side: DiffPart[], part: DiffPart): void {
  if (part.text === '') return
  const last = side.at(-1)
  if (last !== undefined && (last.move === undefined || isWhiteSpaceOnly(part))) {
    side[side.length - 1] = { ...last, text: last.text + part.text }
  } else side.push(part)
}

function startsWithSpace(part: DiffPart | undefined): boolean {
  return /^\s/u.test(part?.text ?? '')
}

function writeSame(writer: PartWriter, block: Block): void {
  block.after.forEach((token, index) => {
    const oldLead = block.before[index]?.lead ?? ''
    writeLike(writer, oldLead, token.lead)
    writeLike(writer, block.before[index]?.core ?? '', token.core)
  })
}

/** Two stretches that are the same but for variants, or white space that may be another. */
function writeLike(writer: PartWriter, before: string, after: string): void {
  if (before === after) {
    writer.same(after)
    return
  }
  if (foldVariants(before) !== foldVariants(after)) {
    writer.change(before, after)
    return
  }
  for (let index = 0; index < after.length; index += 1) {
    const old = before.charAt(index)
    const current = after.charAt(index)
    if (old === current) writer.same(current)
    else writer.variant(old, current)
  }
}

function writeChanged(writer: PartWriter, { before, after }: Block): void {
  const oldLead = before[0]?.lead
  const newLead = after[0]?.lead
  const isShared = oldLead !== undefined && oldLead === newLead
  if (isShared) writer.same(oldLead)
  writer.change(joinTokens(before, isShared), joinTokens(after, isShared))
}
