import { hashText } from '../base/stable-hash.ts'

/** Words that are held at a time, some 10 MB. */
const MOST_HELD = 100_000
/** A megabyte. */
const MARK_BITS = 23
const MARKS_SEED = 0x776f7264

/**
 * Counts words, of which there may be any number. Most neighbours of two words never come again: when too many words are
 * held, those that came least often until then give way to a mark that they came, and a word that comes again after that counts as
 * its second time. So frequent words are counted exactly, or nearly.
 */
export class WordCounts {
  readonly #most: number
  readonly #counts = new Map<string, number>()
  #marks: Uint8Array | null = null

  constructor(most = MOST_HELD) {
    this.#most = most
  }

  add(word: string): void {
    const known = this.#counts.get(word)
    if (known === undefined && this.#marks !== null && !this.#isMarked(this.#marks, word)) {
      this.#mark(this.#marks, word)
      return
    }
    this.#counts.set(word, (known ?? Number(this.#marks !== null)) + 1)
    if (this.#counts.size > this.#most) this.#forgetRare()
  }

  /** Words and how often they came, without those of which only the mark is left. */
  all(): IterableIterator<[string, number]> {
    return this.#counts.entries()
  }

  #forgetRare(): void {
    const marks = (this.#marks ??= new Uint8Array(2 ** MARK_BITS / 8))
    // A quarter of the room, so that this is not asked for again at once.
    for (let rare = 1; this.#counts.size > this.#most * 0.75; rare += 1) {
      for (const [word, count] of this.#counts) {
        if (count > rare) continue
        this.#counts.delete(word)
        this.#mark(marks, word)
      }
    }
  }

  #isMarked(marks: Uint8Array, word: string): boolean {
    const place = placeOf(word)
    return (((marks[place >>> 3] ?? 0) >>> (place & 7)) & 1) === 1
  }

  #mark(marks: Uint8Array, word: string): void {
    const place = placeOf(word)
    marks[place >>> 3] = (marks[place >>> 3] ?? 0) | (1 << (place & 7))
  }
}

function placeOf(word: string): number {
  return hashText(word, MARKS_SEED) >>> (32 - MARK_BITS)
}
