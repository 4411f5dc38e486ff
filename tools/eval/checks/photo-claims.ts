import type { PlannedUnit } from '../../../src/shared/domain/check-plan.ts'
import { boxEvidence } from '../../../src/main/checks/box-evidence.ts'
import { numberWord } from '../../scenes/text/phrases.ts'
import { createRandom } from '../../scenes/random.ts'
import { planCheck } from '../../../src/main/text/foils/plan-check.ts'
import { pluralOf, withArticle } from '../../../src/main/text/foils/word-forms.ts'
import type { Photo } from './photo-data.ts'

export const CLAIM_SOURCES = [
  'human captions',
  'add_obj',
  'replace_obj',
  'valse',
  'polls, random',
  'polls, popular',
  'polls, adversarial',
  'polls, true',
] as const
type ClaimSource = (typeof CLAIM_SOURCES)[number]

/** Something said of a photo, with what a detector's boxes say of it. */
export interface PhotoClaim {
  readonly photo: string
  readonly from: ClaimSource
  readonly kind: 'entity' | 'count'
  /** By the list of objects; null where the list has no such class. */
  readonly isTrue: boolean | null
  /** Null where the detector has no name for the thing. */
  readonly box: number | null
}

type Boxes = NonNullable<Parameters<typeof boxEvidence>[1]>

/** Polls of each tier for each photo, as POPE asks. */
const POLLS = 3
const MOST_COUNTED = 6

/** How often classes stand in lists, and beside which others. */
interface Frequencies {
  readonly of: ReadonlyMap<string, number>
  readonly together: ReadonlyMap<string, number>
}

export function countFrequencies(photos: readonly Photo[]): Frequencies {
  const of = new Map<string, number>()
  const together = new Map<string, number>()
  for (const { objects } of photos) {
    for (const label of Object.keys(objects)) {
      of.set(label, (of.get(label) ?? 0) + 1)
      for (const other of Object.keys(objects)) {
        const pair = `${label} ${other}`
        together.set(pair, (together.get(pair) ?? 0) + 1)
      }
    }
  }
  return { of, together }
}

/** What people and wrong captions say of a photo, and what was made up from its list of objects. */
export function claimsOf(
  photo: Photo,
  boxes: Boxes,
  frequencies: Frequencies,
): readonly PhotoClaim[] {
  const judge = (unit: PlannedUnit, from: ClaimSource): readonly PhotoClaim[] =>
    unit.claim === 'object' || unit.claim === 'count'
      ? [
          {
            ...{ photo: photo.file_name, from, isTrue: truthOf(unit, photo) },
            kind: unit.claim === 'object' ? 'entity' : 'count',
            box: boxEvidence(unit, boxes)?.score ?? null,
          },
        ]
      : []
  const say = (text: string, from: ClaimSource) =>
    planCheck(text, boxes.labels).units.flatMap((unit) => judge(unit, from))
  /** What the wrong caption names and the right one does not. */
  const added = (wrong: string, right: string, from: ClaimSource) => {
    const said = (text: string) => planCheck(text, boxes.labels).units
    const known = new Set(said(right).map(({ claim, thing }) => `${claim} ${thing?.lemma ?? ''}`))
    return said(wrong)
      .filter(({ claim, thing }) => !known.has(`${claim} ${thing?.lemma ?? ''}`))
      .filter(({ claim }) => claim === 'object')
      .flatMap((unit) => judge(unit, from))
  }
  return [
    ...photo.captions.flatMap((caption) => say(caption, 'human captions')),
    ...photo.sugarcrepe.flatMap(({ type, caption, negative }) =>
      type === 'add_obj' || type === 'replace_obj' ? added(negative, caption, type) : [],
    ),
    ...photo.valse.flatMap(({ caption, foil }) => added(foil, caption, 'valse')),
    ...polls(photo, boxes.labels, frequencies).flatMap(({ text, from, kind }) =>
      say(text, from).filter((claim) => claim.kind === kind),
    ),
  ]
}

/** Null where the list of objects has no class for the thing, or a wider one that it may hide in. */
function truthOf({ claim, thing, count }: PlannedUnit, { objects }: Photo): boolean | null {
  if (thing === null || thing.labels.length === 0) return null
  const found = thing.labels.reduce((sum, label) => sum + (objects[label] ?? 0), 0)
  if (claim === 'object') return found > 0
  return count === null ? null : found === count
}

type Poll = Pick<PhotoClaim, 'from' | 'kind'> & { readonly text: string }

/** Sentences of which the list of objects tells the truth: what is there, how many, and what is not. */
function polls(
  { file_name: name, objects }: Photo,
  labels: readonly string[],
  { of, together }: Frequencies,
): readonly Poll[] {
  const random = createRandom(`polls ${name}`)
  const present = Object.keys(objects)
  const absent = random.shuffle(labels.filter((label) => objects[label] === undefined))
  const beside = (label: string): number =>
    present.reduce((sum, other) => sum + (together.get(`${label} ${other}`) ?? 0), 0)
  const most = (score: (label: string) => number) =>
    absent.toSorted((left, right) => score(right) - score(left)).slice(0, POLLS)
  const ask =
    (from: ClaimSource) =>
    (label: string): Poll => ({ text: `There is ${withArticle(label)}.`, from, kind: 'entity' })
  const counts = present.flatMap((label): Poll[] => {
    const count = objects[label] ?? 0
    if (count < 2 || count > MOST_COUNTED) return []
    const wrong = random.pick([count - 1, count + 1, count + 2].filter((one) => one >= 2))
    return [count, wrong].map((each) => ({
      text: `There are ${numberWord(each)} ${pluralOf(label)}.`,
      ...{ from: 'polls, true', kind: 'count' },
    }))
  })
  return [
    ...present.map(ask('polls, true')),
    ...absent.slice(0, POLLS).map(ask('polls, random')),
    ...most((label) => of.get(label) ?? 0).map(ask('polls, popular')),
    ...most(beside).map(ask('polls, adversarial')),
    ...counts,
  ]
}
