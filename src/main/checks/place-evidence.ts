import type { Leaning, PlannedUnit } from '../../shared/domain/check-plan.ts'

/** How the places of a picture fit a phrase. */
export interface SeenPlaces {
  readonly best: number
  readonly median: number
  readonly shape: {
    /** Shares of the picture. */
    readonly centre: { readonly x: number; readonly y: number }
    /** Share of the picture that fits; null where the places cannot tell. */
    readonly extent: number | null
    readonly peaks: number | null
  }
}

export interface PlacesAsked {
  /** By phrase; those that were not asked for are missing. */
  readonly places: ReadonlyMap<string, SeenPlaces>
  /** What cosines are multiplied with before phrases compete. */
  readonly scale: number
}

/** A phrase whose best place is less than this many times likelier than its median one is nowhere. */
const LEAST_CONTRAST = Math.E
/**
 * What things cover that nobody calls large or small: the geometric mean over the size words, true and false, of the
 * calibration scenes.
 */
const USUAL_EXTENT = 0.078
const LARGE: ReadonlySet<string> = new Set(['large', 'big', 'huge'])
const SMALL: ReadonlySet<string> = new Set(['small', 'little', 'tiny'])

/**
 * What the places of things say of how they lie to each other, of their size and of their number. Relations: by how
 * much of the picture they lie as the text says, below 0 where they lie the other way. Sizes: logarithm of how many times
 * more than usual the thing covers, or less where it is called small. Counts: equal heaps as a share, 1 where they are as
 * many. Null where places cannot tell, or the thing has none.
 */
export function placeEvidence(unit: PlannedUnit, asked: PlacesAsked): number | null {
  switch (unit.claim) {
    case 'relation':
      return relationEvidence(unit, asked)
    case 'size': {
      const direction = sizeDirection(unit.words)
      const extent = placesOf(unit.phrase, asked)?.shape.extent ?? null
      if (direction === null || extent === null || extent <= 0) return null
      return direction * Math.log(extent / USUAL_EXTENT)
    }
    case 'count': {
      const peaks = placesOf(unit.places.thing, asked)?.shape.peaks ?? null
      if (unit.count === null || unit.count < 1 || peaks === null || peaks < 1) return null
      return Math.min(peaks, unit.count) / Math.max(peaks, unit.count)
    }
    case 'object':
    case 'colour':
    case 'attribute':
    case 'action':
    case 'sign-text':
    case 'name':
      return null
  }
}

/** The phrases whose places say something of a unit, besides its own. */
export function placePhrases({ claim, leaning, places, count }: PlannedUnit): readonly string[] {
  if (claim === 'count') return count === null || places.thing === null ? [] : [places.thing]
  if (claim !== 'relation' || leaning === null) return []
  // Of two things with the same words nobody knows which is which.
  const { thing, other } = places
  return thing === null || other === null || thing === other ? [] : [thing, other]
}

/** 1 for words that say large, -1 for small; null for other sizes, which are not a matter of how much is covered. */
export function sizeDirection(words: string): 1 | -1 | null {
  const word = words.toLowerCase()
  if (LARGE.has(word)) return 1
  return SMALL.has(word) ? -1 : null
}

function relationEvidence(unit: PlannedUnit, asked: PlacesAsked): number | null {
  const [first, second] = placePhrases(unit).map((phrase) => placesOf(phrase, asked))
  if (first == null || second == null || unit.leaning === null) return null
  const right = first.shape.centre.x - second.shape.centre.x
  const down = first.shape.centre.y - second.shape.centre.y
  const by: Readonly<Record<Leaning, number>> = { left: -right, right, above: -down, below: down }
  return by[unit.leaning]
}

function placesOf(phrase: string | null, { places, scale }: PlacesAsked): SeenPlaces | null {
  const found = phrase === null ? undefined : places.get(phrase)
  if (found === undefined) return null
  return Math.exp(scale * (found.best - found.median)) >= LEAST_CONTRAST ? found : null
}
