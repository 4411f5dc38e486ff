/** Finds which of many concepts a text names. */
export interface ConceptMatcher {
  /** Calls back with the index of each concept that is found, once or more. */
  match(text: string, onConcept: (index: number) => void): void
}

/** Scripts that write no blanks between words. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('')
const UNSPACED_START = new RegExp(`^[${UNSPACED}]`, 'u')
const UNSPACED_END = new RegExp(`[${UNSPACED}]$`, 'u')
const APART = /[\p{P}\p{S}]/gu
const BLANKS = /[\p{Z}\p{C}]+/gu
const UNITS = 65_536

/**
 * Matches as MetaCLIP (Xu et al. 2024) does: texts and entries are padded with blanks and punctuation is set apart, so
 * that only whole words match; entries of scripts that write no blanks are not padded. All entries are looked for in
 * one pass (Aho and Corasick 1975). Letter case, which MetaCLIP keeps, makes no difference here.
 */
export function createConceptMatcher(concepts: readonly string[]): ConceptMatcher {
  const automaton = new Automaton()
  for (const [index, concept] of concepts.entries()) {
    const entry = normalise(concept)
    if (entry.trim() !== '') automaton.add(padded(entry), index)
  }
  automaton.link()
  return {
    match(text, onConcept) {
      automaton.run(normalise(text), onConcept)
    },
  }
}

/** In lower case between single blanks, with a blank at either end. */
function normalise(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(APART, ' $& ')
    .replaceAll(BLANKS, ' ')
    .trim()
  return ` ${words} `
}

function padded(entry: string): string {
  const words = entry.trim()
  return `${UNSPACED_START.test(words) ? '' : ' '}${words}${UNSPACED_END.test(words) ? '' : ' '}`
}

class Automaton {
  /** Where a state goes with a UTF-16 unit, by `state * 65536 + unit`. */
  readonly #next = new Map<number, number>()
  readonly #units: number[][] = [[]]
  readonly #fallbacks: number[] = [0]
  /** Concepts that end in a state, without those of its fallbacks. */
  readonly #ends: number[][] = [[]]
  /** The nearest fallback in which a concept ends. */
  readonly #exits: number[] = [0]

  add(entry: string, concept: number): void {
    let state = 0
    for (let place = 0; place < entry.length; place += 1) {
      const unit = entry.charCodeAt(place)
      const known = this.#next.get(state * UNITS + unit)
      if (known !== undefined) {
        state = known
        continue
      }
      const added = this.#ends.length
      this.#next.set(state * UNITS + unit, added)
      this.#units[state]?.push(unit)
      this.#units.push([])
      this.#ends.push([])
      this.#fallbacks.push(0)
      this.#exits.push(0)
      state = added
    }
    this.#ends[state]?.push(concept)
  }

  /** Sets the fallbacks, breadth first. */
  link(): void {
    const queue = [0]
    for (const state of queue) {
      for (const unit of this.#units[state] ?? []) {
        const child = this.#next.get(state * UNITS + unit) ?? 0
        const fallback = state === 0 ? 0 : this.#step(this.#fallbacks[state] ?? 0, unit)
        this.#fallbacks[child] = fallback
        const hasEnd = (this.#ends[fallback]?.length ?? 0) > 0
        this.#exits[child] = hasEnd ? fallback : (this.#exits[fallback] ?? 0)
        queue.push(child)
      }
    }
  }

  run(text: string, onConcept: (index: number) => void): void {
    let state = 0
    for (let place = 0; place < text.length; place += 1) {
      state = this.#step(state, text.charCodeAt(place))
      for (let end = state; end !== 0; end = this.#exits[end] ?? 0) {
        for (const concept of this.#ends[end] ?? []) onConcept(concept)
      }
    }
  }

  #step(from: number, unit: number): number {
    for (let state = from; ; state = this.#fallbacks[state] ?? 0) {
      const next = this.#next.get(state * UNITS + unit)
      if (next !== undefined) return next
      if (state === 0) return 0
    }
  }
}
