import type { NamedThing, PlannedUnit, SpatialRelation } from '../../shared/domain/check-plan.ts'
import type { EvidenceRegion } from './unit-evidence.ts'

/** A box that a detector found. */
export interface FoundBox {
  readonly label: string
  /** 0 to 1. */
  readonly score: number
  readonly region: EvidenceRegion
}

interface BoxAnswer {
  /** 0 to 1. */
  readonly score: number
  readonly region: EvidenceRegion | null
}

/**
 * What a detector's boxes say of a unit: that the thing is there, how many there are, and how two things lie to each
 * other. Null where the detector has no name for what the unit is about, or boxes cannot tell.
 */
export function boxEvidence(
  unit: PlannedUnit,
  boxes: { readonly found: readonly FoundBox[]; readonly labels: readonly string[] } | null,
): BoxAnswer | null {
  if (boxes === null || unit.thing === null) return null
  const { found, labels } = boxes
  const own = boxesOf(unit.thing, found)
  switch (unit.claim) {
    case 'object': {
      const best = own[0]
      if (best !== undefined) return { score: best.score, region: best.region }
      return canFind(unit.thing, labels) ? { score: 0, region: null } : null
    }
    case 'count': {
      if (unit.count === null || !canFind(unit.thing, labels)) return null
      const off = Math.abs(own.length - unit.count)
      return { score: off === 0 ? 1 : 1 / (2 + off), region: around(own) }
    }
    case 'relation': {
      if (unit.other === null || unit.spatial === null) return null
      const others = boxesOf(unit.other, found)
      return relationEvidence(unit.spatial, own, others)
    }
    case 'colour':
    case 'size':
    case 'attribute':
    case 'action':
    case 'sign-text':
    case 'name':
      return null
  }
}

/** The surest first. */
function boxesOf({ labels, narrower }: NamedThing, found: readonly FoundBox[]): FoundBox[] {
  const names = new Set([...labels, ...narrower])
  return found
    .filter(({ label }) => names.has(label))
    .toSorted((left, right) => right.score - left.score)
}

/** Whether the detector would have found the thing, were it there. */
function canFind({ labels }: NamedThing, known: readonly string[]): boolean {
  return labels.some((label) => known.includes(label))
}

function around(boxes: readonly FoundBox[]): EvidenceRegion | null {
  if (boxes.length === 0) return null
  const left = Math.min(...boxes.map(({ region }) => region.x))
  const top = Math.min(...boxes.map(({ region }) => region.y))
  const right = Math.max(...boxes.map(({ region }) => region.x + region.width))
  const bottom = Math.max(...boxes.map(({ region }) => region.y + region.height))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The best over all pairs of boxes; one half where they lie side by side without leaning either way. */
function relationEvidence(
  relation: SpatialRelation,
  firsts: readonly FoundBox[],
  seconds: readonly FoundBox[],
): BoxAnswer | null {
  let best: BoxAnswer | null = null
  for (const first of firsts) {
    for (const second of seconds) {
      if (first === second) continue
      const score = relationScore(relation, first.region, second.region)
      if (best === null || score > best.score) best = { score, region: around([first, second]) }
    }
  }
  return best
}

function relationScore(
  relation: SpatialRelation,
  first: EvidenceRegion,
  second: EvidenceRegion,
): number {
  const across = second.x + second.width / 2 - (first.x + first.width / 2)
  const down = second.y + second.height / 2 - (first.y + first.height / 2)
  const wide = (first.width + second.width) / 2
  const high = (first.height + second.height) / 2
  switch (relation) {
    case 'left':
      return leaning(across / wide)
    case 'right':
      return leaning(-across / wide)
    case 'above':
      return leaning(down / high)
    case 'below':
      return leaning(-down / high)
    case 'inside':
      return overlapShare(first, second)
  }
}

/** From -1, fully the other way, to 1: as 0 to 1. */
function leaning(share: number): number {
  return (Math.max(-1, Math.min(1, share)) + 1) / 2
}

/** How much of the first lies in the second. */
function overlapShare(first: EvidenceRegion, second: EvidenceRegion): number {
  const width =
    Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x)
  const height =
    Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y)
  const area = first.width * first.height
  return area === 0 ? 0 : (Math.max(0, width) * Math.max(0, height)) / area
}
