import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { countChangedWords, diffWords } from '../../../shared/domain/word-diff.ts'
import { findUnits } from '../units/find-units.ts'
import { compareUnits } from './compare-units.ts'
import { assign } from './hungarian.ts'
import { wordsOf } from './words.ts'

/** How far two lists of things agree; each share is 0 to 1, null where there is nothing to divide by. */
export interface Agreement {
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

/** What a round changed, from two texts alone. */
export interface RoundMetrics {
  /** Words to insert, delete or replace, as a share of the longer text's words; null for two empty texts. */
  readonly editShare: number | null
  /** Heads of noun phrases with equal lemmas: precision is of the later text, recall of the earlier one. */
  readonly phrases: Agreement
  /** The same, where words that mean the same or one a kind of the other count as far as they agree. */
  readonly softPhrases: Agreement
  /** Names, numbers in names and quoted text only. */
  readonly names: Agreement
}

/** Cells of the table of edit distances; above it the word diff's count is taken, which is never smaller. */
const MAX_CELLS = 25_000_000
const MAX_SOFT_PAIRS = 40_000

export function measureRound(before: string, after: string): RoundMetrics {
  const [earlier, later] = [phrasesOf(before), phrasesOf(after)]
  const isName = ({ kind }: TextUnit) => kind !== 'entity'
  return {
    editShare: editShare(before, after),
    phrases: agree(earlier, later, strictMatches(earlier, later)),
    softPhrases: agree(earlier, later, softMatches(earlier, later)),
    names: agree(
      earlier.filter(isName),
      later.filter(isName),
      strictMatches(earlier.filter(isName), later.filter(isName)),
    ),
  }
}

function phrasesOf(text: string): TextUnit[] {
  return findUnits(text).filter(
    ({ kind }) => kind === 'entity' || kind === 'name' || kind === 'quoted-text',
  )
}

function agree(
  earlier: readonly TextUnit[],
  later: readonly TextUnit[],
  matches: number,
): Agreement {
  const precision = later.length === 0 ? null : matches / later.length
  const recall = earlier.length === 0 ? null : matches / earlier.length
  if (precision === null || recall === null) return { precision, recall, f1: null }
  const sum = precision + recall
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum }
}

function strictMatches(earlier: readonly TextUnit[], later: readonly TextUnit[]): number {
  const open = new Map<string, number>()
  for (const { lemma } of earlier) open.set(lemma, (open.get(lemma) ?? 0) + 1)
  let matches = 0
  for (const { lemma } of later) {
    const left = open.get(lemma) ?? 0
    if (left === 0) continue
    open.set(lemma, left - 1)
    matches += 1
  }
  return matches
}

function softMatches(earlier: readonly TextUnit[], later: readonly TextUnit[]): number {
  if (earlier.length * later.length > MAX_SOFT_PAIRS) return strictMatches(earlier, later)
  const worth = earlier.map((one) => later.map((other) => compareUnits(one, other).worth))
  return assign(worth).reduce<number>(
    (sum, column, row) => sum + (column === null ? 0 : (worth[row]?.[column] ?? 0)),
    0,
  )
}

function editShare(before: string, after: string): number | null {
  const [one, other] = [wordsOf(before), wordsOf(after)]
  const longer = Math.max(one.length, other.length)
  if (longer === 0) return null
  if (one.length * other.length <= MAX_CELLS) return editDistance(one, other) / longer
  const { removed, added } = countChangedWords(diffWords(before, after))
  return Math.min(1, Math.max(removed, added) / longer)
}

/** Levenshtein's distance in words, with one row of the table kept. */
function editDistance(one: readonly string[], other: readonly string[]): number {
  let row = Uint32Array.from({ length: other.length + 1 }, (_, column) => column)
  one.forEach((word, index) => {
    const next = new Uint32Array(other.length + 1)
    next[0] = index + 1
    other.forEach((rival, column) => {
      const replaced = (row[column] ?? 0) + (word === rival ? 0 : 1)
      next[column + 1] = Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1)
    })
    row = next
  })
  return row[other.length] ?? 0
}
