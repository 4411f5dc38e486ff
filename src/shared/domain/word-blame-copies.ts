import { diffWords, keptStretches } from './word-diff.ts'

/** A stretch of one text that stands in the next one, as positions and a length in UTF-16 units. */
export interface Copy {
  readonly from: number
  readonly to: number
  readonly length: number
}

export interface CopyCache {
  readonly get: (before: string, after: string) => readonly Copy[] | undefined
  readonly set: (before: string, after: string, copies: readonly Copy[]) => void
}

const REMEMBERED_PAIRS = 200
/** Longer pairs are not remembered, so that the memory stays bounded: 200 pairs of 40 KB. */
const REMEMBERED_UNITS = 20_000

/** Remembers the newest pairs, least used first to go. */
export function createCopyCache(): CopyCache {
  const pairs = new Map<string, readonly Copy[]>()
  const keyOf = (before: string, after: string) => `${before.length} ${before}${after}`
  return {
    get(before, after) {
      const key = keyOf(before, after)
      const copies = pairs.get(key)
      if (copies === undefined) return undefined
      pairs.delete(key)
      pairs.set(key, copies)
      return copies
    },
    set(before, after, copies) {
      if (before.length + after.length > REMEMBERED_UNITS) return
      pairs.set(keyOf(before, after), copies)
      const [oldest] = pairs.keys()
      if (pairs.size > REMEMBERED_PAIRS && oldest !== undefined) pairs.delete(oldest)
    },
  }
}

/** What of a text stands in the next one, moved sentences included, in the order of the next one. */
export function copiedStretches(before: string, after: string, cache: CopyCache): readonly Copy[] {
  const known = cache.get(before, after)
  if (known !== undefined) return known
  const copies = findCopies(before, after)
  cache.set(before, after, copies)
  return copies
}

function findCopies(before: string, after: string): Copy[] {
  const diff = diffWords(before, after)
  const copies: Copy[] = keptStretches(diff)
  const movedFrom = new Map<number, number>()
  const movedTo: { readonly move: number; readonly to: number; readonly length: number }[] = []
  let from = 0
  let to = 0
  for (const { kind, text, move } of diff.parts) {
    if (move !== undefined) {
      const lead = text.length - text.trimStart().length
      if (kind === 'removed') movedFrom.set(move, from + lead)
      else movedTo.push({ move, to: to + lead, length: text.trim().length })
    }
    if (kind !== 'added') from += text.length
    if (kind !== 'removed') to += text.length
  }
  for (const { move, to: place, length } of movedTo) {
    const origin = movedFrom.get(move)
    if (origin !== undefined) copies.push({ from: origin, to: place, length })
  }
  return copies
}
