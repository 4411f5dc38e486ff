import { DisjointSets } from '../../base/disjoint-sets.ts'

/** An image of a group, and how near it is to the one that brought it in. */
export interface LookAlike {
  readonly position: number
  readonly hashDistance: number | null
  readonly cosine: number | null
}

const UNKNOWN_DISTANCE = 255
const UNKNOWN_COSINE = -2

/** What hangs together by links of either kind, with each image's nearest link. */
export class LookAlikes {
  readonly #count: number
  readonly #sets: DisjointSets
  readonly #distances: Uint8Array
  readonly #cosines: Float32Array

  constructor(count: number) {
    this.#count = count
    this.#sets = new DisjointSets(count)
    this.#distances = new Uint8Array(count).fill(UNKNOWN_DISTANCE)
    this.#cosines = new Float32Array(count).fill(UNKNOWN_COSINE)
  }

  linkByHash(link: {
    readonly left: number
    readonly right: number
    readonly distance: number
  }): void {
    this.#sets.join(link.left, link.right)
    for (const position of [link.left, link.right]) {
      const known = this.#distances[position] ?? UNKNOWN_DISTANCE
      this.#distances[position] = Math.min(known, link.distance)
    }
  }

  linkByVector(link: {
    readonly left: number
    readonly right: number
    readonly cosine: number
  }): void {
    this.#sets.join(link.left, link.right)
    for (const position of [link.left, link.right]) {
      const known = this.#cosines[position] ?? UNKNOWN_COSINE
      this.#cosines[position] = Math.max(known, link.cosine)
    }
  }

  /** Groups of two and more, the largest first, then by the image that came first. */
  groups(): readonly (readonly LookAlike[])[] {
    const groups = new Map<number, LookAlike[]>()
    for (let position = 0; position < this.#count; position += 1) {
      if (this.#sets.sizeOf(position) < 2) continue
      const root = this.#sets.find(position)
      const group = groups.get(root)
      const distance = this.#distances[position] ?? UNKNOWN_DISTANCE
      const cosine = this.#cosines[position] ?? UNKNOWN_COSINE
      const member = {
        position,
        hashDistance: distance === UNKNOWN_DISTANCE ? null : distance,
        cosine: cosine === UNKNOWN_COSINE ? null : cosine,
      }
      if (group === undefined) groups.set(root, [member])
      else group.push(member)
    }
    // Groups come in the order of their first images, and the sort keeps that among equals.
    return [...groups.values()].toSorted((left, right) => right.length - left.length)
  }
}
