import { DisjointSets } from '../../base/disjoint-sets.ts'
import { findNearHashes, readHash } from '../../curation/near-hashes.ts'

interface GroupedText {
  readonly imageId: number
  /** What a look for duplicates found to be alike; without one the picture's own. */
  readonly group: string
  readonly perceptualHash: string | null
}

/** As far as the look for duplicates goes by itself. */
const MOST_DIFFERING_BITS = 6

/**
 * Names one group for images that look alike, by the last look for duplicates and by their perceptual hashes, chained:
 * nobody has to have looked for duplicates before. A function of the image's id.
 */
export function groupAlike(texts: readonly GroupedText[]): (imageId: number) => string {
  const images = [...new Map(texts.map((text) => [text.imageId, text])).values()]
  const sets = new DisjointSets(images.length)
  const firstOf = new Map<string, number>()
  const count = images.length
  const hashes = { count, high: new Uint32Array(count), low: new Uint32Array(count) }
  for (const [index, { group, perceptualHash }] of images.entries()) {
    const first = firstOf.get(group)
    if (first === undefined) firstOf.set(group, index)
    else sets.join(first, index)
    readHash(perceptualHash, hashes, index)
  }
  for (const links of findNearHashes(hashes, MOST_DIFFERING_BITS)) {
    for (const { left, right } of links) sets.join(left, right)
  }
  const nameOf = new Map<number, string>()
  for (const [index, { group }] of images.entries()) {
    const root = sets.find(index)
    const known = nameOf.get(root)
    // The least name, so that it does not depend on the order in which images were read.
    if (known === undefined || group < known) nameOf.set(root, group)
  }
  const groups = new Map(
    images.map(({ imageId }, index) => [imageId, nameOf.get(sets.find(index)) ?? '']),
  )
  return (imageId) => groups.get(imageId) ?? ''
}
