import type { PlannedUnit } from '../../shared/domain/check-plan.ts'
import type { EvidenceRegion } from './unit-evidence.ts'

/** A line of text that was read in the picture. */
export interface FoundLine {
  readonly text: string
  /** Corners in shares of the picture. */
  readonly quad: readonly { readonly x: number; readonly y: number }[]
}

/** From this share of equal characters on, words count as read; below it they count as not found. */
export const READ_RATIO = 0.8

/**
 * How well quoted text, or a name, fits what was read: the best ratio with a line, or with lines that follow each
 * other. Null for other units, and where nothing has read the picture. Names that were not read are absent too: most
 * names are not written in pictures.
 */
export function lineEvidence(
  unit: PlannedUnit,
  lines: readonly FoundLine[] | null,
): { readonly score: number; readonly region: EvidenceRegion | null } | null {
  if (lines === null || (unit.claim !== 'sign-text' && unit.claim !== 'name')) return null
  const wanted = plain(unit.words)
  if (wanted === '') return null
  let best: { score: number; region: EvidenceRegion | null } = { score: 0, region: null }
  for (let from = 0; from < lines.length; from += 1) {
    for (let to = from + 1; to <= Math.min(lines.length, from + MAX_LINES); to += 1) {
      const part = lines.slice(from, to)
      const score = bestRatio(wanted, plain(part.map(({ text }) => text).join(' ')))
      if (score > best.score) best = { score, region: boxAround(part) }
    }
  }
  if (unit.claim === 'name' && best.score < READ_RATIO) return null
  return { score: best.score, region: best.score < READ_RATIO ? null : best.region }
}

const MAX_LINES = 4

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** The best ratio of equal characters with any stretch of words of the read text that is about as long. */
function bestRatio(wanted: string, read: string): number {
  const words = read.split(' ')
  const size = wanted.split(' ').length
  let best = ratio(wanted, read)
  for (let length = Math.max(1, size - 1); length <= size + 1; length += 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      best = Math.max(best, ratio(wanted, words.slice(from, from + length).join(' ')))
    }
  }
  return best
}

/** One minus the edit distance as a share of the longer text; spaces do not count, since readers drop them. */
export function ratio(left: string, right: string): number {
  const [from, to] = [left.replaceAll(' ', ''), right.replaceAll(' ', '')]
  const longer = Math.max(from.length, to.length)
  return longer === 0 ? 0 : 1 - editDistance(from, to) / longer
}

/** Levenshtein's distance in UTF-16 units. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at]
    for (let column = 1; column <= to.length; column += 1) {
      const change = from[at - 1] === to[column - 1] ? 0 : 1
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + change,
        ),
      )
    }
    row = next
  }
  return row[to.length] ?? 0
}

function boxAround(lines: readonly FoundLine[]): EvidenceRegion {
  const corners = lines.flatMap(({ quad }) => quad)
  const left = Math.min(...corners.map(({ x }) => x))
  const top = Math.min(...corners.map(({ y }) => y))
  return {
    x: left,
    y: top,
    width: Math.max(...corners.map(({ x }) => x)) - left,
    height: Math.max(...corners.map(({ y }) => y)) - top,
  }
}
