import type { Detail } from '../../shared/contract/judgements.ts'
import type { EvidenceRegion } from './unit-evidence.ts'
import {
  visibilityOf,
  type DetailLook,
  type DetailTable,
  type FittedSource,
} from './details-table.ts'

interface Candidate {
  /** The thing in the singular, in lower case; of a part of the picture where it is. */
  readonly noun: string
  /** The thing itself, what is told of it, or a part of the picture: of each there is one detail. */
  readonly about: Detail['kind']
  /** Ready to be put into a text, but for parts of the picture, which no word is known for. */
  readonly phrase: string
  readonly region: EvidenceRegion | null
  /** What takes the place of which words of the caption; null where the phrase is added to it. */
  readonly instead: Detail['instead']
}

/** Something that the caption does not say and the picture may show. */
export type DetailCandidate =
  | (Candidate & { readonly source: FittedSource; readonly look: DetailLook })
  | (Candidate & { readonly source: 'detector' | 'reading' | 'pixels'; readonly score: number })

/** What people did with one phrase in this project. */
export interface DetailAnswers {
  readonly inserted: number
  readonly dismissed: number
}

export interface DetailChoice {
  readonly candidates: readonly DetailCandidate[]
  readonly table: DetailTable | null
  /** By phrase. */
  readonly answers: ReadonlyMap<string, DetailAnswers>
  /** Share of the images that look alike whose captions say a noun: what all show sets none apart. */
  readonly commonness: ReadonlyMap<string, number>
}

const MOST_DETAILS = 5
/** Parts without a word: they ask for a look, which nobody takes often. */
const MOST_REGIONS = 2
/** A part that shares this much of the area that it and a chosen detail cover is told by that detail. */
const NAMED_OVERLAP = 0.25
/** From here on 46 of 50 boxes of YOLOX nano for what captions of photos leave out are right, by COCO's lists. */
const DETECTOR_LIMIT = 0.6
/** Below it PP-OCR's lines are often textures. */
const READING_LIMIT = 0.9
/** How much size counts: a thing of a sixteenth of the area counts half as much as all of the picture. */
const AREA_POWER = 0.25
const UNPLACED_AREA = 0.05
const LEAST_AREA = 0.002
/** Answers that nobody gave yet, so that the first one does not decide. */
const PRIOR_ANSWERS = 2
const COMMON_COST = 0.5
const SAME_SOURCE_COST = 0.15
const SAME_PLACE_COST = 0.5

const SOURCE_WORDS: Readonly<Record<DetailCandidate['source'], string>> = {
  vocabulary: 'The encoder sees it',
  'alt-text': 'An alt-text says it and the encoder sees it',
  neighbours: 'Captions of images that look alike say it and the encoder sees it',
  detector: 'The detector found it',
  reading: 'Read in the picture',
  pixels: 'Its pixels have no colour',
  colour: 'The pixels there and the encoder agree on the colour',
  count: 'The encoder finds so many',
  region: 'Something stands out here that the caption says nothing of',
}

interface Seen {
  readonly candidate: DetailCandidate
  readonly probability: number
  readonly worth: number
}

/**
 * The details worth offering, best first, at most five: those that their source is right about often enough, by
 * probability, size, what people answered before, and how much they tell this image from those that look alike; each
 * further one of the same source or place counts less. Parts of the picture that no word is known for come last, and
 * only where nothing chosen lies there.
 */
export function chooseDetails(choice: DetailChoice): Detail[] {
  const seen = bestOfEach(choice.candidates.flatMap((candidate) => weigh(candidate, choice)))
  const isPart = ({ candidate }: Seen): boolean => candidate.about === 'region'
  const chosen: Seen[] = []
  let left = seen.filter((one) => !isPart(one))
  while (left.length > 0 && chosen.length < MOST_DETAILS) {
    const worths = left.map((one) => one.worth * varietyOf(one, chosen))
    const best = worths.indexOf(Math.max(...worths))
    chosen.push(...left.slice(best, best + 1))
    left = left.filter((_, index) => index !== best)
  }
  const parts = seen
    .filter(isPart)
    .filter(({ candidate }) =>
      chosen.every((one) => overlapOf(one.candidate.region, candidate.region) < NAMED_OVERLAP),
    )
    .toSorted((one, other) => other.probability - one.probability)
    .slice(0, Math.min(MOST_REGIONS, MOST_DETAILS - chosen.length))
  return [...chosen, ...parts].map(({ candidate, probability }) => ({
    id: idOf(candidate),
    kind: candidate.about,
    phrase: candidate.phrase,
    probability,
    region: candidate.region,
    source: SOURCE_WORDS[candidate.source],
    instead: candidate.instead,
  }))
}

/** The same for candidates of which one is right at most. */
export function idOf({ about, noun }: Pick<Candidate, 'about' | 'noun'>): string {
  return about === 'thing' ? noun : `${about} ${noun}`
}

function weigh(candidate: DetailCandidate, choice: DetailChoice): Seen[] {
  const judged = judge(candidate, choice.table)
  if (judged === null || judged.probability < judged.limit) return []
  const { probability } = judged
  const { inserted, dismissed } = choice.answers.get(candidate.phrase) ?? {
    inserted: 0,
    dismissed: 0,
  }
  const welcome = (inserted + PRIOR_ANSWERS) / (inserted + dismissed + PRIOR_ANSWERS)
  const rarity = 1 - COMMON_COST * (choice.commonness.get(candidate.noun) ?? 0)
  const size = Math.max(LEAST_AREA, areaOf(candidate.region)) ** AREA_POWER
  return [{ candidate, probability, worth: probability * welcome * rarity * size }]
}

/** Null where nothing is known of how often the source is right. */
function judge(
  candidate: DetailCandidate,
  table: DetailTable | null,
): { readonly probability: number; readonly limit: number } | null {
  switch (candidate.source) {
    case 'detector':
      return { probability: candidate.score, limit: DETECTOR_LIMIT }
    case 'pixels':
      return { probability: candidate.score, limit: 0 }
    case 'reading':
      return { probability: candidate.score, limit: READING_LIMIT }
    case 'vocabulary':
    case 'alt-text':
    case 'neighbours':
    case 'colour':
    case 'count':
    case 'region': {
      const source = table?.sources[candidate.source]
      if (source === undefined || source.limit === null) return null
      return { probability: visibilityOf(candidate.look, source), limit: source.limit }
    }
  }
}

function bestOfEach(seen: readonly Seen[]): readonly Seen[] {
  const groups = Map.groupBy(seen, ({ candidate }) => idOf(candidate))
  return [...groups.values()].map((same) =>
    same.reduce((best, one) => (one.probability > best.probability ? one : best)),
  )
}

function varietyOf({ candidate }: Seen, chosen: readonly Seen[]): number {
  return chosen.reduce((variety, { candidate: other }) => {
    const isSameSource = other.source === candidate.source
    const overlap = overlapOf(candidate.region, other.region)
    return variety * (isSameSource ? 1 - SAME_SOURCE_COST : 1) * (1 - SAME_PLACE_COST * overlap)
  }, 1)
}

function areaOf(region: EvidenceRegion | null): number {
  return region === null ? UNPLACED_AREA : region.width * region.height
}

/** Intersection over union; 0 where a place is unknown. */
function overlapOf(one: EvidenceRegion | null, other: EvidenceRegion | null): number {
  if (one === null || other === null) return 0
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (areaOf(one) + areaOf(other) - shared)
}
