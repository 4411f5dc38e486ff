const SIZES = [1, 2, 4, 8, 16, 32] as const
/** A larger batch must be this much faster to be worth its memory. */
const WORTHWHILE = 1.05
/** Somebody's search waits behind a batch at most this long. */
const MAX_BATCH_MS = 500

/**
 * Finds the batch size by measuring: doubles it while that makes items faster, then stays. The first run of each size
 * is not counted, because it plans and allocates.
 */
export class BatchSize {
  #index = 0
  #isWarm = false
  #bestIndex = 0
  #bestRate = 0
  #isSettled = false
  #limit: number

  constructor(fixed: number | null) {
    this.#limit = fixed ?? Infinity
    if (fixed !== null) this.#isSettled = true
  }

  get size(): number {
    const index = this.#isSettled ? this.#bestIndex : this.#index
    return Math.max(1, Math.min(SIZES[index] ?? 1, this.#limit))
  }

  /** A run of `count` items took this long. */
  observe(count: number, milliseconds: number): void {
    if (this.#isSettled || count !== this.size) return
    if (!this.#isWarm) {
      this.#isWarm = true
      return
    }
    const rate = count / Math.max(milliseconds, 0.001)
    if (rate < this.#bestRate * WORTHWHILE) {
      this.#isSettled = true
      return
    }
    this.#bestRate = rate
    this.#bestIndex = this.#index
    const next = SIZES[this.#index + 1]
    const wouldTakeMs = next === undefined ? Infinity : next / rate
    if (next === undefined || next > this.#limit || wouldTakeMs > MAX_BATCH_MS) {
      this.#isSettled = true
      return
    }
    this.#index += 1
    this.#isWarm = false
  }

  /** `count` items were too many for the memory: from now on at most half of them. False when one was too many. */
  halve(count: number): boolean {
    if (count <= 1) return false
    this.#limit = Math.max(1, Math.floor(count / 2))
    return true
  }
}
