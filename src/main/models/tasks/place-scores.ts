import { dotEach } from './dots.ts'
import type { PictureLook, PlaceInPicture } from './picture-look.ts'
import { shapeOf, type PlaceShape } from './place-shape.ts'

/** How well a phrase fits the places of a picture. */
export interface PlaceScores {
  /** Soft maximum of the cosines over all places: `log(sum(exp(k cosine))) / k`. */
  readonly soft: number
  readonly best: number
  readonly median: number
  /** The connected places around the best one that fit nearly as well. */
  readonly region: PlaceInPicture
  readonly shape: PlaceShape
}

/** A place belongs to the blob of the best one down to this share of the way from the median to it. */
const BLOB_SHARE = 0.6

/**
 * Scores the places of a picture for a phrase vector of unit length, with the places that the region is the frame of;
 * `sharpness` is k of the soft maximum.
 */
export function findPlaces(
  { vectors, places, grid }: PictureLook['cells'],
  phrase: Float32Array,
  sharpness: number,
): { readonly scores: PlaceScores; readonly members: readonly PlaceInPicture[] } {
  const cosines = dotEach(vectors, phrase, new Float32Array(places.length))
  let bestPlace = 0
  for (let place = 1; place < cosines.length; place += 1) {
    if ((cosines[place] ?? 0) > (cosines[bestPlace] ?? 0)) bestPlace = place
  }
  const best = cosines[bestPlace] ?? 0
  const median = cosines.toSorted()[cosines.length >> 1] ?? 0
  let total = 0
  for (const cosine of cosines) total += Math.exp(sharpness * (cosine - best))
  const soft = best + Math.log(total) / sharpness
  const limit = median + BLOB_SHARE * (best - median)
  const members = grid === null ? [bestPlace] : blobOf(cosines, { grid, bestPlace, limit })
  const found = members.flatMap((place) => places[place] ?? [])
  const region = joinPlaces(found)
  const shape = shapeOf({ cosines, cells: { places, grid }, best, median, sharpness })
  return { scores: { soft, best, median, region, shape }, members: found }
}

/** The places that hang together with the best one by their sides and reach the limit. */
export function blobOf(
  cosines: Float32Array,
  around: {
    readonly grid: { readonly columns: number; readonly rows: number }
    readonly bestPlace: number
    readonly limit: number
  },
): number[] {
  const { columns, rows } = around.grid
  const seen = new Set([around.bestPlace])
  const members = [around.bestPlace]
  for (const place of members) {
    const column = place % columns
    const row = Math.floor(place / columns)
    const neighbours = [
      ...(column > 0 ? [place - 1] : []),
      ...(column < columns - 1 ? [place + 1] : []),
      ...(row > 0 ? [place - columns] : []),
      ...(row < rows - 1 ? [place + columns] : []),
    ]
    for (const next of neighbours) {
      if (seen.has(next)) continue
      seen.add(next)
      if ((cosines[next] ?? 0) >= around.limit) members.push(next)
    }
  }
  return members
}

/** The box around places, inside the picture. */
export function joinPlaces(places: readonly PlaceInPicture[]): PlaceInPicture {
  const clip = (share: number): number => Math.max(0, Math.min(1, share))
  const left = clip(Math.min(...places.map(({ x }) => x)))
  const top = clip(Math.min(...places.map(({ y }) => y)))
  const right = clip(Math.max(...places.map(({ x, width }) => x + width)))
  const bottom = clip(Math.max(...places.map(({ y, height }) => y + height)))
  return { x: left, y: top, width: right - left, height: bottom - top }
}
