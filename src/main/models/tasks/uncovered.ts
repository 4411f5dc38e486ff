import { dotEach } from './dots.ts'
import type { PictureLook, PlaceInPicture } from './picture-look.ts'
import { blobOf, joinPlaces } from './place-scores.ts'

/** A part of the picture that stands out and that no phrase was found in. */
export interface UncoveredPart {
  readonly region: PlaceInPicture
  /** How much its places stand out, where the middle place of the picture is 0. */
  readonly salience: number
  /** 1 where no phrase fits at all, 0 where one fits as well as anywhere. */
  readonly openness: number
  /** Share of the picture. */
  readonly area: number
}

/** More would be a list, which is not what a look at the picture is for. */
const MOST_PARTS = 4
const LEAST_AREA = 0.03
/** A phrase covers a place from this share of the way from its median place to its best one on. */
const COVERED = 0.5
/** A phrase whose best place is less than this many times likelier than its median one covers nothing. */
const LEAST_CONTRAST = Math.E
/** A place belongs to a part down to this share of the way from the median salience to that of the part's summit. */
const PART_SHARE = 0.15
/** Places that each place is compared with, and the share of them that it is likest. */
const MOST_COMPARED = 256
const LIKE_SHARE = 0.25

/** By the places of a picture, which all looks at it share: it follows from them alone, and people type. */
const knownSalience = new WeakMap<PictureLook['cells'], Float32Array>()

/**
 * The connected parts that no phrase covers and whose salience lies above the median, from 3 % of the picture on, the most
 * salient first, at most four. None where places are tiles, which overlap. `sharpness` is that of the soft maximum.
 */
export function findUncovered(
  cells: PictureLook['cells'],
  phrases: readonly Float32Array[],
  sharpness: number,
): readonly UncoveredPart[] {
  const { grid, places } = cells
  if (grid === null) return []
  const salience = knownSalience.get(cells) ?? salienceOf(cells)
  knownSalience.set(cells, salience)
  const covers = coversOf(cells, phrases, sharpness)
  const median = salience.toSorted()[salience.length >> 1] ?? 0
  // What is taken or covered sinks below every limit.
  const left = salience.map((value, place) => ((covers[place] ?? 0) < COVERED ? value : -Infinity))
  const parts: UncoveredPart[] = []
  while (parts.length < MOST_PARTS) {
    const summit = left.reduce((best, value, at) => (value > (left[best] ?? 0) ? at : best), 0)
    const height = left[summit] ?? -Infinity
    if (!(height > median)) break
    const limit = median + PART_SHARE * (height - median)
    const members = blobOf(left, { grid, bestPlace: summit, limit })
    const mean = (values: Float32Array): number =>
      members.reduce((sum, place) => sum + (values[place] ?? 0), 0) / members.length
    const region = joinPlaces(members.flatMap((place) => places[place] ?? []))
    const area = members.length / places.length
    if (area >= LEAST_AREA) {
      parts.push({ region, area, salience: mean(salience) - median, openness: 1 - mean(covers) })
    }
    for (const place of members) left[place] = -Infinity
  }
  return parts
}

/**
 * How unlike the rest of the picture each place is: backgrounds are like many other places, things are like few. One
 * minus the mean cosine with the quarter of all places that it is likest.
 */
function salienceOf({ vectors, places }: PictureLook['cells']): Float32Array {
  const size = vectors.length / places.length
  const step = Math.max(1, Math.ceil(places.length / MOST_COMPARED))
  const others = everyNth(vectors, { size, step })
  const count = Math.max(1, Math.round((others.length / size) * LIKE_SHARE))
  const cosines = new Float32Array(others.length / size)
  const salience = new Float32Array(places.length)
  for (let place = 0; place < places.length; place += 1) {
    dotEach(others, vectors.subarray(place * size, (place + 1) * size), cosines)
    cosines.sort()
    let sum = 0
    for (let at = cosines.length - count; at < cosines.length; at += 1) sum += cosines[at] ?? 0
    salience[place] = 1 - sum / count
  }
  return salience
}

/** The first of the vectors and every so many after it, one after another. */
function everyNth(
  vectors: Float32Array,
  { size, step }: { readonly size: number; readonly step: number },
): Float32Array {
  if (step === 1) return vectors
  const count = Math.ceil(vectors.length / size / step)
  const taken = new Float32Array(count * size)
  for (let at = 0; at < count; at += 1) {
    taken.set(vectors.subarray(at * step * size, (at * step + 1) * size), at * size)
  }
  return taken
}

/** How well the phrase that fits a place best fits it: 0 at its median place, 1 at its best one. */
function coversOf(
  { vectors, places }: PictureLook['cells'],
  phrases: readonly Float32Array[],
  sharpness: number,
): Float32Array {
  const covers = new Float32Array(places.length)
  for (const phrase of phrases) {
    const cosines = dotEach(vectors, phrase, new Float32Array(places.length))
    const best = Math.max(...cosines)
    const median = cosines.toSorted()[cosines.length >> 1] ?? 0
    if (Math.exp(sharpness * (best - median)) < LEAST_CONTRAST) continue
    for (let place = 0; place < covers.length; place += 1) {
      const level = ((cosines[place] ?? 0) - median) / (best - median)
      covers[place] = Math.max(covers[place] ?? 0, level)
    }
  }
  return covers
}
