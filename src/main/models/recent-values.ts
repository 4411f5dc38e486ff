/** Keeps the values that were asked for last, up to a number of them. */
export class RecentValues<Value> {
  readonly #held = new Map<string, Value>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): Value | undefined {
    const value = this.#held.get(key)
    if (value === undefined) return undefined
    this.#held.delete(key)
    this.#held.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.#held.delete(key)
    this.#held.set(key, value)
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#most) break
      this.#held.delete(oldest)
    }
  }

  /** The value, made where it is not there. */
  take(key: string, make: () => Value): Value {
    const known = this.get(key)
    if (known !== undefined) return known
    const made = make()
    this.set(key, made)
    return made
  }

  delete(key: string): void {
    this.#held.delete(key)
  }
}
