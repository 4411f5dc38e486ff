import { mixBits } from '../base/stable-hash.ts'

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
const BLANK = 32

/** What texts of ASCII, which most are, are made of. Blanks are the rest. */
const KINDS = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit)
  if (/[\p{L}\p{N}]/u.test(character)) return 1
  return /[\p{P}\p{S}]/u.test(character) ? 2 : 0
})
const WORD = 1
const MARK = 2

/** "dog | dogs" is one concept, found by either. */
export function spellingsOf(concept: string): readonly string[] {
  return concept
    .split('|')
    .map((spelling) => spelling.trim())
    .filter((spelling) => spelling !== '')
}

/**
 * Matches as MetaCLIP (Xu et al. 2024) does: texts and entries are padded with blanks and punctuation is set apart, so
 * that only whole words match; entries of scripts that write no blanks are not padded. All entries are looked for in
 * one pass (Aho and Corasick 1975). Letter case, which MetaCLIP keeps, makes no difference here.
 */
export function createConceptMatcher(concepts: readonly string[]): ConceptMatcher {
  const automaton = new Automaton()
  for (const [index, concept] of concepts.entries()) {
    for (const spelling of spellingsOf(concept)) {
      const entry = normalise(spelling)
      if (entry.trim() !== '') automaton.add(padded(entry), index)
    }
  }
  automaton.link()
  const read = new NormalisedText()
  return {
    match(text, onConcept) {
      read.set(text)
      automaton.run(read, onConcept)
    },
  }
}

/** The UTF-16 units of a normalised text, in memory that is used again for the next one. */
class NormalisedText {
  units = new Uint16Array(1_024)
  length = 0

  set(text: string): void {
    // A mark gets a blank on either side.
    if (this.units.length < text.length * 3 + 2) this.units = new Uint16Array(text.length * 6)
    if (!this.#setAscii(text)) this.#setAny(normalise(text))
  }

  #setAny(text: string): void {
    if (this.units.length < text.length) this.units = new Uint16Array(text.length * 2)
    for (let at = 0; at < text.length; at += 1) this.units[at] = text.charCodeAt(at)
    this.length = text.length
  }

  /** As `normalise` would have it, in one pass; false where the text has other characters. */
  #setAscii(text: string): boolean {
    const { units } = this
    units[0] = BLANK
    let length = 1
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      if (unit >= KINDS.length) return false
      const kind = KINDS[unit]
      if (kind === WORD) {
        const isCapital = unit >= 65 && unit <= 90
        units[length++] = isCapital ? unit + 32 : unit
        continue
      }
      if (units[length - 1] !== BLANK) units[length++] = BLANK
      if (kind !== MARK) continue
      units[length++] = unit
      units[length++] = BLANK
    }
    if (units[length - 1] !== BLANK) units[length++] = BLANK
    this.length = length
    return true
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
  /** Steps from the start, by unit, and those from elsewhere in a table. */
  readonly #root = new Uint32Array(UNITS)
  #mask = 0
  #from = new Uint32Array(1)
  #by = new Uint16Array(1)
  #to = new Uint32Array(1)

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

  /** Makes the table of steps and sets the fallbacks, breadth first. */
  link(): void {
    this.#makeTable()
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

  run({ units, length }: NormalisedText, onConcept: (index: number) => void): void {
    let state = 0
    for (let place = 0; place < length; place += 1) {
      state = this.#step(state, units[place] ?? 0)
      for (let end = state; end !== 0; end = this.#exits[end] ?? 0) {
        for (const concept of this.#ends[end] ?? []) onConcept(concept)
      }
    }
  }

  #step(from: number, unit: number): number {
    for (let state = from; state !== 0; state = this.#fallbacks[state] ?? 0) {
      const next = this.#find(state, unit)
      if (next !== 0) return next
    }
    return this.#root[unit] ?? 0
  }

  /** Each step of a text asks a few times, so steps are in a table with open addresses and not in a map. */
  #makeTable(): void {
    this.#mask = 2 ** Math.ceil(Math.log2(this.#next.size * 2 + 2)) - 1
    this.#from = new Uint32Array(this.#mask + 1)
    this.#by = new Uint16Array(this.#mask + 1)
    this.#to = new Uint32Array(this.#mask + 1)
    for (const [key, next] of this.#next) {
      const unit = key % UNITS
      const state = (key - unit) / UNITS
      if (state === 0) {
        this.#root[unit] = next
        continue
      }
      let slot = slotOf(state, unit) & this.#mask
      while (this.#to[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#from[slot] = state
      this.#by[slot] = unit
      this.#to[slot] = next
    }
  }

  /** 0 where there is none, because nothing leads back to the start. */
  #find(state: number, unit: number): number {
    for (let slot = slotOf(state, unit) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const next = this.#to[slot] ?? 0
      if (next === 0 || (this.#from[slot] === state && this.#by[slot] === unit)) return next
    }
  }
}

function slotOf(state: number, unit: number): number {
  return mixBits(Math.imul(state, 0x9e3779b1) ^ unit)
}
