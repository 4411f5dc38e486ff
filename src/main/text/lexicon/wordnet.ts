import { readIrregularForms } from './irregular-forms.ts'
import { openWordNetFiles, type IndexRow, type Synset, type WordClass } from './wordnet-files.ts'

/** What WordNet knows about words. Lemmas are in lower case, with spaces inside compounds. */
export interface WordNet {
  has(lemma: string, wordClass: WordClass): boolean
  /** Meanings of a lemma, the most usual first; at most `limit`, and never more than eight. */
  senses(lemma: string, wordClass: WordClass, limit?: number): readonly Synset[]
  /** Number of the meanings that occur in tagged texts: 0 for rare and unknown words. */
  usedSenses(lemma: string, wordClass: WordClass): number
  /** True where some noun of several words starts with this one: asked before longer look-ups. */
  startsCompound(word: string): boolean
  /** The base form (WordNet's "morphy"): "zebras" to "zebra"; null where no form of it is known. */
  baseForm(word: string, wordClass: WordClass): string | null
  /** True where a usual meaning of the first noun is a kind of a usual meaning of the second, or an instance of it. */
  isKindOf(noun: string, other: string): boolean
  /** As `isKindOf`, of the most usual meaning of each alone, in which a lizard is no person; true of synonyms too. */
  isMostlyKindOf(noun: string, other: string): boolean
  /** True where both nouns, verbs or adjectives stand in one meaning. */
  areSynonyms(lemma: string, other: string): boolean
  /** Other kinds of what the most usual meaning that can be seen is a kind of, then of what that is a kind of. */
  siblings(noun: string): readonly string[]
  /** Longest way from the most usual meaning of a noun up to "entity"; 0 for unknown words. */
  depth(noun: string): number
}

const MAX_CACHED = 20_000
/** Rarer meanings are left out: in one of them a "pipe" is a person. */
const USUAL_SENSES = 3
const MOST_SENSES = 8
const MAX_DEPTH = 24
const MAX_SIBLINGS = 120
const ANIMALS = 5
/** Lexicographer's files of things that can be seen: animals, artefacts, bodies, foods, objects, persons, plants. */
const VISIBLE_DOMAINS: ReadonlySet<number> = new Set([5, 6, 8, 13, 17, 18, 20])
/** Above these everything is related to everything. */
const TOO_GENERAL_DEPTH = 3

const NOUN_ENDINGS: readonly (readonly [string, string])[] = [
  ['s', ''],
  ['ses', 's'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['men', 'man'],
  ['ies', 'y'],
]
const VERB_ENDINGS: readonly (readonly [string, string])[] = [
  ['s', ''],
  ['ies', 'y'],
  ['es', 'e'],
  ['es', ''],
  ['ed', 'e'],
  ['ed', ''],
  ['ing', 'e'],
  ['ing', ''],
]
const ADJECTIVE_ENDINGS: readonly (readonly [string, string])[] = [
  ['er', ''],
  ['est', ''],
  ['er', 'e'],
  ['est', 'e'],
  ['ier', 'y'],
  ['iest', 'y'],
]
const ENDINGS = {
  noun: NOUN_ENDINGS,
  verb: VERB_ENDINGS,
  adj: ADJECTIVE_ENDINGS,
  adv: [],
} as const satisfies Record<WordClass, readonly (readonly [string, string])[]>

export function openWordNet(): WordNet {
  const files = openWordNetFiles()
  const irregular = readIrregularForms()
  const rows = createClassCaches<string, IndexRow | null>()
  const synsets = createClassCaches<number, Synset | null>()
  const bases = createClassCaches<string, string | null>()
  const known = createClassCaches<string, readonly Synset[]>()
  const starters = new BoundedCache<string, boolean>()
  const ancestors = new BoundedCache<number, ReadonlyMap<number, number>>()
  const kinds = new BoundedCache<string, ReadonlySet<number>>()
  const named = new BoundedCache<string, readonly number[]>()
  const meanings = new BoundedCache<string, ReadonlySet<string>>()

  const row = (lemma: string, wordClass: WordClass): IndexRow | null =>
    rows[wordClass].get(lemma, () =>
      isAskable(lemma) ? files.findIndexRow(lemma.replaceAll(' ', '_'), wordClass) : null,
    )
  const synset = (offset: number, wordClass: WordClass): Synset | null =>
    synsets[wordClass].get(offset, () => files.readSynset(offset, wordClass))
  const has = (lemma: string, wordClass: WordClass): boolean => row(lemma, wordClass) !== null
  const allSenses = (lemma: string, wordClass: WordClass): readonly Synset[] =>
    known[wordClass].get(lemma, () =>
      (row(lemma, wordClass)?.offsets ?? [])
        .slice(0, MOST_SENSES)
        .map((offset) => synset(offset, wordClass))
        .filter((found) => found !== null),
    )
  const senses = (lemma: string, wordClass: WordClass, limit = USUAL_SENSES) => {
    const all = allSenses(lemma, wordClass)
    return all.length <= limit ? all : all.slice(0, limit)
  }

  const baseForm = (word: string, wordClass: WordClass): string | null =>
    bases[wordClass].get(word, () => {
      if (!isAskable(word)) return null
      const exception = wordClass === 'adv' ? undefined : irregular[wordClass].get(word)
      if (exception !== undefined && has(exception, wordClass)) return exception
      if (has(word, wordClass)) return word
      for (const candidate of withoutEndings(word, wordClass))
        if (has(candidate, wordClass)) return candidate
      return null
    })

  /** Every meaning above one, with its longest distance. */
  const above = (offset: number): ReadonlyMap<number, number> =>
    ancestors.get(offset, () => {
      const found = new Map<number, number>()
      let level = [offset]
      for (let distance = 0; level.length > 0 && distance < MAX_DEPTH; distance += 1) {
        for (const each of level) found.set(each, distance)
        level = [...new Set(level.flatMap((each) => synset(each, 'noun')?.hypernyms ?? []))]
      }
      return found
    })
  const depthOf = (offset: number): number => Math.max(...above(offset).values())

  /** Every meaning above a usual one of a noun. */
  const kindsOf = (noun: string): ReadonlySet<number> =>
    kinds.get(noun, () => {
      const found = new Set<number>()
      for (const { offset } of senses(noun, 'noun'))
        for (const [each, distance] of above(offset)) if (distance > 0) found.add(each)
      return found
    })
  const kindsNamed = (noun: string): readonly number[] =>
    named.get(noun, () =>
      senses(noun, 'noun')
        .map(({ offset }) => offset)
        .filter((offset) => depthOf(offset) >= TOO_GENERAL_DEPTH),
    )
  const meaningsOf = (lemma: string): ReadonlySet<string> =>
    meanings.get(
      lemma,
      () =>
        new Set(
          (['noun', 'verb', 'adj'] as const).flatMap((wordClass) =>
            senses(lemma, wordClass).map(({ offset }) => `${wordClass} ${String(offset)}`),
          ),
        ),
    )

  return {
    has,
    senses,
    baseForm,
    usedSenses: (lemma, wordClass) => row(lemma, wordClass)?.usedSenses ?? 0,
    startsCompound: (word) =>
      starters.get(word, () => isAskable(word) && files.hasPrefix(`${word}_`, 'noun')),
    depth: (noun) => {
      const [first] = senses(noun, 'noun', 1)
      return first === undefined ? 0 : depthOf(first.offset)
    },
    siblings: (lemma) => {
      const visible = senses(lemma, 'noun').filter(({ domain }) => VISIBLE_DOMAINS.has(domain))
      // A beaver is a fur before it is an animal, in WordNet and not in captions.
      const own = visible.find(({ domain }) => domain === ANIMALS) ?? visible[0]
      if (own === undefined || own.isInstance) return []
      const read = (offsets: readonly number[]): readonly Synset[] =>
        offsets.flatMap((offset) => synset(offset, 'noun') ?? [])
      const parents = read(own.hypernyms)
      const nearest = parents.flatMap(({ hyponyms }) => hyponyms)
      const further = read(parents.flatMap(({ hypernyms }) => hypernyms))
      return [...new Set([...nearest, ...further.flatMap(({ hyponyms }) => hyponyms)])]
        .filter((offset) => offset !== own.offset && !own.hypernyms.includes(offset))
        .slice(0, MAX_SIBLINGS)
        .flatMap((offset) => {
          const word = synset(offset, 'noun')?.words[0]?.replaceAll('_', ' ') ?? ''
          // A "local" is a bus too, but nobody would understand.
          return senses(word, 'noun', 1)[0]?.offset === offset && !has(word, 'adj') ? [word] : []
        })
    },
    isKindOf: (noun, other) => {
      const kinds = kindsOf(noun)
      return kinds.size > 0 && kindsNamed(other).some((offset) => kinds.has(offset))
    },
    isMostlyKindOf: (noun, other) => {
      const [own] = senses(noun, 'noun', 1)
      const [wider] = senses(other, 'noun', 1)
      return own !== undefined && wider !== undefined && above(own.offset).has(wider.offset)
    },
    areSynonyms: (lemma, other) => {
      const meanings = meaningsOf(lemma)
      return meanings.size > 0 && [...meaningsOf(other)].some((meaning) => meanings.has(meaning))
    },
  }
}

/** Index rows are ASCII words without spaces; anything else is not in there. */
function isAskable(lemma: string): boolean {
  return lemma.length <= 60 && /^[a-z0-9.'][a-z0-9 .'/-]*$/.test(lemma)
}

function withoutEndings(word: string, wordClass: WordClass): string[] {
  const found: string[] = []
  for (const [ending, instead] of ENDINGS[wordClass]) {
    if (!word.endsWith(ending) || word.length <= ending.length + 1) continue
    const stem = word.slice(0, -ending.length)
    // "glass", "bus" and "grass" are no plurals, and "running" is "run".
    if (wordClass === 'noun' && ending === 's' && /(?:s|u)$/.test(stem)) continue
    found.push(stem + instead)
    if (instead === '' && wordClass !== 'noun' && /([b-df-hj-np-tv-z])\1$/.test(stem))
      found.push(stem.slice(0, -1))
  }
  return found
}

function createClassCaches<Key, Value>(): Readonly<Record<WordClass, BoundedCache<Key, Value>>> {
  return {
    noun: new BoundedCache(),
    verb: new BoundedCache(),
    adj: new BoundedCache(),
    adv: new BoundedCache(),
  }
}

/** Keeps what was looked up last; emptied when full, which costs a few look-ups and bounds the memory. */
class BoundedCache<Key, Value> {
  readonly #held = new Map<Key, { readonly value: Value }>()

  get(key: Key, make: () => Value): Value {
    const held = this.#held.get(key)
    if (held !== undefined) return held.value
    const value = make()
    if (this.#held.size >= MAX_CACHED) this.#held.clear()
    this.#held.set(key, { value })
    return value
  }
}
