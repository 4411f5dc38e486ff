import type { UnitKind } from '../../../shared/domain/text-unit.ts'
import { EMPTY_ADJECTIVES, NUMBERS, OPINIONS, REGIONS, STATE_VERBS } from '../lexicon/word-lists.ts'
import type { Draft } from './drafts.ts'
import type { NounPhrase, Word, WordGroup } from './noun-phrases.ts'
import type { Part } from './parts.ts'
import {
  isLiving,
  hidesModifiers,
  isMeasure,
  isOwner,
  phraseSense,
  type Around,
} from './phrase-sense.ts'

/** Links the parts of one sentence to units: who does what, what is where, what is how. */
export function linkParts(
  words: readonly Word[],
  parts: readonly Part[],
  sentence: number,
): Draft[] {
  const linker = new Linker(words, sentence)
  parts.forEach((part, index) => {
    linker.read(part, { before: parts[index - 1], after: parts[index + 1] })
  })
  return linker.drafts
}

/** A thing that was read, as far as later parts refer to it. */
interface Thing {
  readonly draft: Draft
  readonly isAnimate: boolean
}

/** Reads the parts of a sentence from left to right and remembers what is open. */
class Linker {
  readonly drafts: Draft[] = []
  readonly #words: readonly Word[]
  readonly #sentence: number
  /** Things of this clause, the latest last. */
  #things: Thing[] = []
  /** Verbs and prepositions that wait for the thing that they lead to. */
  #waiting: Draft[] = []
  /** Whose the next thing is, and the mark that says so. */
  #owner: { readonly part: Part; readonly draft: Draft } | null = null
  #verb: Draft | null = null
  /** Modifiers of a measure noun belong to what is measured: "a small piece of garbage". */
  #carried: NounPhrase | null = null
  #isAfterBe = false

  constructor(words: readonly Word[], sentence: number) {
    this.#words = words
    this.#sentence = sentence
  }

  read(part: Part, around: Around): void {
    switch (part.kind) {
      case 'thing':
        this.#readThing(part.phrase, around)
        break
      case 'verb':
        this.#readVerb(part, around)
        break
      case 'preposition':
        this.#readPreposition(part, around)
        break
      case 'describing':
        this.#readDescribing(part, around)
        break
      case 'possessive':
        this.#readPossessive(part)
        break
      case 'which':
        this.#things = this.#things.slice(-1)
        this.#waiting = []
        break
      case 'stop':
        this.#waiting = []
        this.#verb = null
        break
      case 'be':
        this.#isAfterBe = true
        return
      case 'and':
      case 'comma':
        if (around.after?.kind !== 'thing') this.#verb = null
        return
      case 'number':
        this.#readNumber(part)
        return
      case 'no':
      case 'other':
        return
      default:
        return part satisfies never
    }
    this.#isAfterBe = false
  }

  #readPossessive(part: Part): void {
    const owner = this.#things.at(-1)
    this.#owner = owner === undefined ? null : { part, draft: owner.draft }
  }

  #readThing(phrase: NounPhrase, { before, after }: Around): void {
    const { head } = phrase
    if (isMeasure(this.#words, phrase, after)) {
      this.#carried = phrase
      return
    }
    if (before?.kind === 'no') {
      this.#add('not-checkable', { from: before.from, to: phrase.to, lemma: `no ${head.lemma}` })
      this.#waiting = []
      return
    }
    const thing = this.#addThing(phrase, { before, after })
    if (thing !== null || !hidesModifiers(this.#words, phrase)) this.#addModifiers(phrase, thing)
    if (this.#carried !== null) {
      this.#addModifiers(this.#carried, thing)
      this.#addMeasure(this.#carried, thing)
      this.#carried = null
    }
    this.#connect(thing)
  }

  /** Hands a thing to what waits for it: verbs, prepositions and its owner. */
  #connect(thing: Draft | null): void {
    if (thing === null) {
      this.#waiting = []
      this.#owner = null
      return
    }
    for (const waiting of this.#waiting) waiting.toward ??= thing
    this.#waiting = []
    if (this.#owner !== null) {
      const { part, draft } = this.#owner
      this.#add('relation', { ...part, lemma: 'have' }, draft).toward = thing
      this.#owner = null
    }
    this.#things.push({ draft: thing, isAnimate: isAnimate(thing) })
  }

  /** The entity or name of a phrase; null for what speaks of the picture, of a time or of a mood. */
  #addThing(phrase: NounPhrase, around: Around): Draft | null {
    const { head } = phrase
    const sense = phraseSense(this.#words, phrase, around)
    switch (sense) {
      case 'name':
      case 'entity':
        return this.#add(sense, head)
      case 'mood':
        this.#add('not-checkable', { ...head, from: phrase.from })
        return null
      case 'time':
        this.#add('not-checkable', head)
        return null
      case 'nothing':
        return null
    }
  }

  #addModifiers(phrase: NounPhrase, thing: Draft | null): void {
    for (const group of phrase.groups) {
      if (group === phrase.head) continue
      if (group.kind === 'count') this.#addCount(group, thing)
      else if (group.kind === 'name') this.#add('name', group)
      else if (group.kind === 'noun' && thing !== null && isOwner(this.#words, group, phrase.head))
        this.#add('entity', group)
      else this.#addAttribute(group, thing)
    }
  }

  #addCount(group: WordGroup, thing: Draft | null): void {
    const word = this.#words[group.from]
    if (word === undefined) return
    const value = NUMBERS.get(word.lower)
    const lemma = value === undefined ? word.lower.replaceAll(',', '') : String(value)
    this.#add('count', { ...group, lemma }, thing)
  }

  /** A number that counts nothing: a size, a price, a house number. */
  #readNumber(part: { readonly from: number; readonly to: number }): void {
    this.#addCount({ kind: 'count', ...part, lemma: '' }, null)
  }

  #addMeasure(phrase: NounPhrase, thing: Draft | null): void {
    this.#add('count', { ...phrase.head, lemma: `${phrase.head.lemma} of` }, thing)
  }

  #addAttribute(group: WordGroup, thing: Draft | null): void {
    if (EMPTY_ADJECTIVES.has(group.lemma)) return
    if (OPINIONS.has(group.lemma)) this.#add('not-checkable', group)
    else if (thing !== null || group.kind === 'adjective') this.#add('attribute', group, thing)
  }

  #readVerb(part: Part & { kind: 'verb' }, { before, after }: Around): void {
    const word = this.#words[part.from]
    if (word === undefined) return
    const isState = STATE_VERBS.has(part.lemma)
    const subject = this.#subject(word.lower)
    const isLast = after === undefined || after.kind === 'stop' || after.kind === 'and'
    const describes = this.#isAfterBe && isLast && /(?:ed|en)$/.test(word.lower)
    if (describes) {
      this.#add('attribute', { ...part, lemma: word.lower }, subject)
      return
    }
    const takesPreposition = isState && after?.kind === 'preposition' && after.to - after.from === 1
    const to = takesPreposition ? after.to : part.to
    const lemma = takesPreposition ? `${part.lemma} ${after.lemma}` : part.lemma
    const verb = this.#add(isState ? 'relation' : 'action', { from: part.from, to, lemma }, subject)
    this.#waiting = before?.kind === 'verb' ? [...this.#waiting, verb] : [verb]
    this.#verb = verb
  }

  #readPreposition(part: Part & { kind: 'preposition' }, { before, after }: Around): void {
    const isOfMeasure = this.#carried !== null && part.lemma === 'of'
    if (isOfMeasure) return
    if (before?.kind === 'verb') {
      const verb = this.#verb
      // A verb of state has taken this preposition already.
      if (verb !== null && verb.end >= this.#end(part.to)) return
      if (verb !== null) {
        const relation = this.#add('relation', part, verb.about)
        this.#waiting = [verb, relation]
        return
      }
    }
    if (part.lemma === 'to' && after?.kind === 'verb') return
    const about = this.#things.at(-1)?.draft ?? null
    const isLooseEnd = after?.kind !== 'thing' && !part.lemma.includes(' ')
    if (about === null || isLooseEnd) {
      if (about !== null && PLACE_ADVERBS.test(part.lemma)) this.#add('attribute', part, about)
      this.#waiting = []
      return
    }
    this.#waiting = [this.#add('relation', part, about)]
  }

  #readDescribing(part: Part & { kind: 'describing' }, { before }: Around): void {
    if (EMPTY_ADJECTIVES.has(part.lemma) || REGIONS.has(part.lemma)) return
    if (OPINIONS.has(part.lemma)) {
      this.#add('not-checkable', part)
      return
    }
    const about = this.#things.at(-1)?.draft ?? null
    const isSaid = before !== undefined && about !== null
    if (isSaid) this.#add('attribute', part, about)
  }

  /** Who does it: what stands nearest, but no clothes or tools while somebody is there. */
  #subject(verb: string): Draft | null {
    const nearest = this.#things.at(-1)
    if (nearest === undefined) return null
    if (nearest.isAnimate || /ed$/.test(verb)) return nearest.draft
    return (this.#things.findLast((thing) => thing.isAnimate) ?? nearest).draft
  }

  #end(to: number): number {
    return this.#words[to - 1]?.end ?? 0
  }

  #add(
    kind: UnitKind,
    { from, to, lemma }: { from: number; to: number; lemma: string },
    about: Draft | null = null,
  ): Draft {
    const start = this.#words[from]?.start ?? 0
    const draft = this.#draft(kind, { start, end: this.#end(to), lemma, about, toward: null })
    this.drafts.push(draft)
    return draft
  }

  #draft(kind: UnitKind, rest: Omit<Draft, 'kind' | 'sentence'>): Draft {
    return { kind, ...rest, sentence: this.#sentence }
  }
}

/** "the chair is outside". */
const PLACE_ADVERBS = /^(?:outside|inside|outdoors|indoors)$/

function isAnimate({ kind, lemma }: Draft): boolean {
  return kind !== 'name' && isLiving(lemma)
}
