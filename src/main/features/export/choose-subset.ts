import {
  SPLITS,
  type Subset,
  type SubsetCounts,
  type SubsetStep,
} from '../../../shared/contract/subset.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { assignSplits } from '../../curation/assign-splits.ts'
import {
  balance as balanceConcepts,
  drawGroups,
  keepBestOfGroups,
  keepWithinBudget,
  noteDuplicates,
  stratify,
  take as takeSome,
  type Found,
  type Left,
  type SubsetReads,
} from './subset-steps.ts'
import type { ChosenSubset } from './write-set.ts'

export interface SubsetWish {
  readonly where: string
  readonly subset: Subset
  /** Who "me" is in queries. */
  readonly personId: PersonId
  readonly signal: AbortSignal
}

/** The images of an export, with how many each step left. */
export interface CountedSubset extends ChosenSubset {
  readonly counts: SubsetCounts
}

/** Whether anything but the query chooses images. */
export function asksSteps({
  nearDuplicates,
  take,
  strata,
  balance,
  budget,
  split,
}: Subset): boolean {
  const asked = [take, strata, balance, budget, split]
  return nearDuplicates === 'best' || asked.some((step) => step !== null)
}

type Step = (found: Found, kept: Uint32Array) => Promise<Left | null>

/** In the order in which they are taken, each on what the one before left. */
const STEPS: readonly (readonly [SubsetStep['step'], Step])[] = [
  [
    'near-duplicates',
    (found, kept) =>
      found.subset.nearDuplicates === 'best'
        ? keepBestOfGroups(found, kept)
        : Promise.resolve(null),
  ],
  ['take', takeSome],
  ['strata', stratify],
  ['balance', balanceConcepts],
  ['budget', keepWithinBudget],
]

/**
 * Chooses the images of an export: those of the query, then step by step fewer, then their splits. The same project,
 * wish and person give the same images; memory is some numbers an image. Throws QUERY_INVALID.
 */
export async function chooseSubset(db: SubsetReads, wish: SubsetWish): Promise<CountedSubset> {
  const { where, subset, personId, signal } = wish
  const { ids } = await db.read.listSubsetIds({ query: where, personId })
  const total =
    where.trim() === '' ? ids.length : await db.read.countImages({ query: '', personId })
  const found: Found = { db, ids, subset, personId, signal }
  const steps: SubsetStep[] = [
    {
      ...{ step: 'query', before: total, after: ids.length },
      why: where.trim() === '' ? 'all images' : 'what the query matches',
    },
  ]
  const notes = new Set<string>()
  let concepts: SubsetCounts['concepts'] = []
  let kept = ids.map((_, position) => position)
  for (const [step, choose] of STEPS) {
    signal.throwIfAborted()
    const left = await choose(found, kept)
    if (left === null) continue
    steps.push({ step, before: kept.length, after: left.kept.length, why: left.why })
    for (const note of left.notes ?? []) notes.add(note)
    concepts = left.concepts ?? concepts
    kept = left.kept.slice()
  }
  const splits = await split(found, kept)
  if (splits !== null) for (const note of await noteDuplicates(db)) notes.add(note)
  return {
    imageIds: kept.map((position) => ids[position] ?? 0),
    splits,
    counts: { steps, splits: countSplits(splits), concepts, notes: [...notes] },
  }
}

async function split(found: Found, kept: Uint32Array): Promise<ChosenSubset['splits']> {
  const wish = found.subset.split
  if (wish === null) return null
  const { positions, leaders, draw } = await drawGroups(found, kept)
  const shares = SPLITS.map((name) => wish.shares[name])
  return { names: SPLITS, splitOf: assignSplits(positions, { leaders, shares, draw }) }
}

function countSplits(splits: ChosenSubset['splits']): SubsetCounts['splits'] {
  if (splits === null) return []
  const sizes = SPLITS.map(() => 0)
  for (const index of splits.splitOf) sizes[index] = (sizes[index] ?? 0) + 1
  return SPLITS.map((name, index) => ({ split: name, images: sizes[index] ?? 0 }))
}
