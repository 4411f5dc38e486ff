import { hashText, mixBits } from '../base/stable-hash.ts'
import { spellingsOf } from './concept-matcher.ts'
import { DRAW_RANGE, type Draw } from './draws.ts'

/** Which concepts each of a row of images has, as lists one behind the other. */
export class ConceptLists {
  #concepts = new Uint32Array(1_024)
  #starts = new Uint32Array(1_024)
  #length = 0
  #count = 0

  /** Adds the concepts of the next image. */
  add(concepts: Iterable<number>): void {
    this.#starts = grown(this.#starts, this.#count + 2)
    for (const concept of concepts) {
      this.#concepts = grown(this.#concepts, this.#length + 1)
      this.#concepts[this.#length] = concept
      this.#length += 1
    }
    this.#count += 1
    this.#starts[this.#count] = this.#length
  }

  of(image: number): Uint32Array {
    return this.#concepts.subarray(this.#starts[image] ?? 0, this.#starts[image + 1] ?? 0)
  }

  /** How many images each concept has. */
  sizes(conceptCount: number): Uint32Array {
    const sizes = new Uint32Array(conceptCount)
    for (const concept of this.#concepts.subarray(0, this.#length)) {
      sizes[concept] = (sizes[concept] ?? 0) + 1
    }
    return sizes
  }
}

function grown(values: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  if (needed <= values.length) return values
  const more = new Uint32Array(Math.max(needed, values.length * 2))
  more.set(values)
  return more
}

/**
 * Balances by concepts as MetaCLIP does: a concept of more than `most` images keeps each of its images with the
 * probability `most / count`, and an image stays where any of its concepts draws it. Draws hang on the concept's words
 * and not on its place in the list, so that another list draws the same for those that it shares.
 */
export function balanceByConcepts(
  positions: Uint32Array,
  args: {
    readonly concepts: readonly string[]
    /** The concepts of each of `positions`, by place. */
    readonly lists: ConceptLists
    readonly most: number
    readonly keepsOthers: boolean
    readonly draw: Draw
  },
): {
  readonly kept: Uint32Array
  /** Images without a concept. */
  readonly others: number
  /** How many images each concept has, and how many of those are kept, be it for another of their concepts. */
  readonly found: Uint32Array
  readonly keptOf: Uint32Array
} {
  const { concepts, lists, most, draw } = args
  const sizes = lists.sizes(concepts.length)
  // A draw below the threshold keeps the image.
  const thresholds = Float64Array.from(sizes, (size) =>
    size <= most ? DRAW_RANGE : (most / size) * DRAW_RANGE,
  )
  const salts = Uint32Array.from(concepts, (concept) => hashText(nameOf(concept), 0))
  const keptOf = new Uint32Array(concepts.length)
  let others = 0
  const kept = positions.filter((position, place) => {
    const list = lists.of(place)
    if (list.length === 0) {
      others += 1
      return args.keepsOthers
    }
    const own = draw(position)
    const isKept = list.some(
      (concept) => mixBits(own ^ (salts[concept] ?? 0)) < (thresholds[concept] ?? 0),
    )
    if (isKept) for (const concept of list) keptOf[concept] = (keptOf[concept] ?? 0) + 1
    return isKept
  })
  return { kept, others, found: sizes, keptOf }
}

/** The first of a concept's spellings, so that another plural draws the same. */
function nameOf(concept: string): string {
  return (spellingsOf(concept)[0] ?? concept).toLowerCase()
}
