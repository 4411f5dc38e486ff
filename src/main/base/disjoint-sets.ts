/** Things that were found to belong together, by union and find with path halving (Tarjan, 1975). */
export class DisjointSets {
  readonly #parents: Uint32Array
  readonly #sizes: Uint32Array

  constructor(count: number) {
    this.#parents = Uint32Array.from({ length: count }, (_, index) => index)
    this.#sizes = new Uint32Array(count).fill(1)
  }

  find(index: number): number {
    let at = index
    for (;;) {
      const parent = this.#parents[at] ?? at
      if (parent === at) return at
      const above = this.#parents[parent] ?? parent
      this.#parents[at] = above
      at = above
    }
  }

  /** False when the two were together already. */
  join(left: number, right: number): boolean {
    const first = this.find(left)
    const second = this.find(right)
    if (first === second) return false
    const [large, small] =
      (this.#sizes[first] ?? 0) >= (this.#sizes[second] ?? 0) ? [first, second] : [second, first]
    this.#parents[small] = large
    this.#sizes[large] = (this.#sizes[large] ?? 0) + (this.#sizes[small] ?? 0)
    return true
  }

  sizeOf(index: number): number {
    return this.#sizes[this.find(index)] ?? 0
  }
}
