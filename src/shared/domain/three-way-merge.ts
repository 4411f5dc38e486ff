import { alignWords, type Block } from './word-diff-blocks.ts'
import { joinTokens, tokenizeWords } from './word-diff-tokens.ts'

/**
 * A stretch of a merge. `mine` and `theirs` were changed by one side only and `both` by both in the same way; their
 * `text` is the changed one, and `base` what stood there before.
 */
export type MergeChunk =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'mine' | 'theirs' | 'both'; readonly text: string; readonly base: string }
  | {
      readonly kind: 'conflict'
      readonly base: string
      readonly mine: string
      readonly theirs: string
    }

export interface MergeInput {
  /** What both sides were made from. */
  readonly base: string
  readonly mine: string
  readonly theirs: string
}

/** A part of the base, in UTF-16 units, and what a side has in its place. */
interface Hunk {
  readonly start: number
  readonly end: number
  readonly text: string
}

interface Region {
  readonly start: number
  readonly end: number
  readonly mine: readonly Hunk[]
  readonly theirs: readonly Hunk[]
}

/**
 * Merges two changed versions of a text word by word (diff3 over the word diff). Changes that overlap or touch
 * collide, unless they are the same: two words side by side are one thought. Lossless: the chunks rebuild all three
 * texts exactly. A side that was rewritten beyond a word diff is compared by sentences.
 */
export function mergeThreeWay({ base, mine, theirs }: MergeInput): MergeChunk[] {
  const chunks: MergeChunk[] = []
  let at = 0
  for (const region of joinRegions(findHunks(base, mine), findHunks(base, theirs))) {
    if (region.start > at) chunks.push({ kind: 'same', text: base.slice(at, region.start) })
    chunks.push(toChunk(base, region))
    at = region.end
  }
  if (at < base.length) chunks.push({ kind: 'same', text: base.slice(at) })
  return chunks
}

/** One of the three texts again, exactly as it was given. */
export function rebuildSide(chunks: readonly MergeChunk[], side: keyof MergeInput): string {
  return chunks.map((chunk) => readSide(chunk, side)).join('')
}

/** The merged text; null while a conflict is open. */
export function mergedText(chunks: readonly MergeChunk[]): string | null {
  let text = ''
  for (const chunk of chunks) {
    if (chunk.kind === 'conflict') return null
    text += chunk.text
  }
  return text
}

function readSide(chunk: MergeChunk, side: keyof MergeInput): string {
  switch (chunk.kind) {
    case 'same':
      return chunk.text
    case 'both':
      return side === 'base' ? chunk.base : chunk.text
    case 'mine':
    case 'theirs':
      return side === chunk.kind ? chunk.text : chunk.base
    case 'conflict':
      return chunk[side]
  }
}

function findHunks(base: string, changed: string): Hunk[] {
  if (base === changed) return []
  const { blocks } = alignWords(tokenizeWords(base), tokenizeWords(changed))
  const hunks: Hunk[] = []
  let at = 0
  const replace = (before: string, after: string): void => {
    const start = at
    at += before.length
    if (before === after) return
    const last = hunks.at(-1)
    if (last?.end === start) {
      hunks[hunks.length - 1] = { start: last.start, end: at, text: last.text + after }
    } else hunks.push({ start, end: at, text: after })
  }
  for (const block of blocks) writeBlock(block, replace)
  return hunks
}

/** Words that are the same may have other white space in front of them, which is a change as well. */
function writeBlock(block: Block, replace: (before: string, after: string) => void): void {
  if (block.kind === 'changed') {
    replace(joinTokens(block.before), joinTokens(block.after))
    return
  }
  block.before.forEach((token, index) => {
    replace(token.lead, block.after[index]?.lead ?? '')
    replace(token.core, token.core)
  })
}

/** Walks both lists of hunks along the base; hunks that overlap or touch become one region. */
function joinRegions(mine: readonly Hunk[], theirs: readonly Hunk[]): Region[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].sort((one, other) => one.hunk.start - other.hunk.start || one.hunk.end - other.hunk.end)
  const regions: Region[] = []
  for (const { hunk, side } of all) {
    const last = regions.at(-1)
    if (last !== undefined && hunk.start <= last.end) {
      const end = Math.max(last.end, hunk.end)
      regions[regions.length - 1] = { ...last, end, [side]: [...last[side], hunk] }
    } else {
      const region = { start: hunk.start, end: hunk.end, mine: [], theirs: [] }
      regions.push({ ...region, [side]: [hunk] })
    }
  }
  return regions
}

function toChunk(base: string, region: Region): MergeChunk {
  const before = base.slice(region.start, region.end)
  const mine = applyHunks(base, region, region.mine)
  const theirs = applyHunks(base, region, region.theirs)
  if (region.theirs.length === 0) return { kind: 'mine', text: mine, base: before }
  if (region.mine.length === 0) return { kind: 'theirs', text: theirs, base: before }
  if (mine === theirs) return { kind: 'both', text: mine, base: before }
  return { kind: 'conflict', base: before, mine, theirs }
}

function applyHunks(base: string, region: Region, hunks: readonly Hunk[]): string {
  let text = ''
  let at = region.start
  for (const hunk of hunks) {
    text += base.slice(at, hunk.start) + hunk.text
    at = hunk.end
  }
  return text + base.slice(at, region.end)
}
