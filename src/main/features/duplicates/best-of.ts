import type { DuplicateMember } from '../../../shared/contract/duplicates.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { StoredMember } from '../../db/queries/duplicates.ts'

/** Sharpness is measured on a picture made smaller; differences below this share are noise of that. */
const SAME_SHARPNESS = 0.03

/** What speaks for each of some copies, and which to keep: the one that most speaks for. */
export function judgeCopies(copies: readonly StoredMember[]): {
  readonly members: DuplicateMember[]
  readonly bestId: ImageId | null
} {
  const pixels = Math.max(0, ...copies.map(pixelsOf))
  const sharpness = Math.max(0, ...copies.map((copy) => copy.sharpness ?? 0))
  const text = Math.max(0, ...copies.map((copy) => copy.textLength))
  const members = copies.map((copy) => ({
    ...copy,
    isLargest: pixels > 0 && pixelsOf(copy) === pixels,
    isSharpest: sharpness > 0 && (copy.sharpness ?? 0) >= sharpness * (1 - SAME_SHARPNESS),
    hasMostText: text > 0 && copy.textLength === text,
  }))
  // Where as much speaks for two, the larger, then the one with more text, then the one that came first.
  const [best] = members.toSorted(
    (left, right) =>
      countFor(right) - countFor(left) ||
      pixelsOf(right) - pixelsOf(left) ||
      right.textLength - left.textLength ||
      left.id - right.id,
  )
  return { members, bestId: best?.id ?? null }
}

function pixelsOf({ width, height }: Pick<StoredMember, 'width' | 'height'>): number {
  return (width ?? 0) * (height ?? 0)
}

function countFor({ isLargest, isSharpest, hasMostText }: DuplicateMember): number {
  return Number(isLargest) + Number(isSharpest) + Number(hasMostText)
}
