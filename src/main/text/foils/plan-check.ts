import {
  type CheckPlan,
  type ClaimKind,
  type Foil,
  type PlannedUnit,
} from '../../../shared/domain/check-plan.ts'
import type { TextSpan, TextUnit } from '../../../shared/domain/text-unit.ts'
import { detectLanguage } from '../language/detect-language.ts'
import { findUnits } from '../units/find-units.ts'
import { findFoilWords, isColour, nearColours } from './find-foils.ts'
import { RELATION_FOILS, SIZES } from './foil-words.ts'
import { nameThing } from './label-names.ts'
import { ingFormOf, isPlural, pluralOf, withArticle } from './word-forms.ts'

interface Scene {
  readonly text: string
  readonly units: readonly TextUnit[]
  readonly labels: readonly string[]
  readonly sentences: ReadonlyMap<number, TextSpan>
  /** Lemmas of all things that the text names, each once. */
  readonly things: readonly string[]
}

/**
 * What a text claims, unit by unit, with the phrases and foils to ask a picture for. `labels` are the names that
 * detectors know; each thing is given those that fit it.
 */
export function planCheck(text: string, labels: readonly string[]): CheckPlan {
  const units = findUnits(text)
  const named = units.flatMap(({ kind, lemma }) => (kind === 'entity' ? [lemma] : []))
  const things = [...new Set(named)]
  const scene = { text, units, labels, sentences: sentencesOf(text, units), things }
  return {
    language: detectLanguage(text),
    units: units.flatMap((unit) => {
      const claim = claimOf(unit)
      return claim === null ? [] : [planUnit(scene, unit, claim)]
    }),
  }
}

function claimOf({ kind, lemma }: TextUnit): ClaimKind | null {
  switch (kind) {
    case 'entity':
      return 'object'
    case 'attribute':
      if (isColour(lemma)) return 'colour'
      return SIZES.has(lemma) ? 'size' : 'attribute'
    case 'quoted-text':
      return 'sign-text'
    case 'not-checkable':
      return null
    case 'count':
    case 'relation':
    case 'action':
    case 'name':
      return kind
  }
}

function planUnit(scene: Scene, unit: TextUnit, claim: ClaimKind): PlannedUnit {
  const { text } = scene
  const words = text.slice(unit.start, unit.end)
  const about = claim === 'object' ? unit : unitAt(scene, unit.about)
  const toward = unitAt(scene, unit.toward)
  const say = phraser(scene, { unit, claim, about, toward })
  const phrase = say(words)
  const count = claim === 'count' ? Number(unit.lemma) : NaN
  const sense = claim === 'relation' ? RELATION_FOILS.get(unit.lemma) : undefined
  return {
    start: unit.start,
    end: unit.end,
    kind: unit.kind,
    claim,
    words,
    phrase,
    foils: phrase === null ? [] : foilsOf(scene, { unit, claim, words, say }),
    sentence: sentenceAround(scene, unit),
    thing: about === null ? null : nameThing(text, about, scene.labels),
    other: claim === 'relation' && toward !== null ? nameThing(text, toward, scene.labels) : null,
    thingPhrase: about?.kind === 'entity' ? thingPhrase(scene, about) : null,
    count: Number.isInteger(count) ? count : null,
    hues: claim === 'colour' ? [...nearColours(unit.lemma)] : [],
    spatial: sense?.spatial ?? null,
    leaning: sense?.leaning ?? null,
    places: { thing: placePhrase(scene, about), other: placePhrase(scene, toward) },
  }
}

type Say = (words: string) => string | null

/** How the unit's claim is said with its own words, or with others in their place. */
function phraser(
  scene: Scene,
  of: {
    readonly unit: TextUnit
    readonly claim: ClaimKind
    readonly about: TextUnit | null
    readonly toward: TextUnit | null
  },
): Say {
  const { unit, claim, about, toward } = of
  const wordsOf = (each: TextUnit): string => scene.text.slice(each.start, each.end)
  const subject = about?.kind === 'entity' ? about : null
  switch (claim) {
    case 'object': {
      const plural = isPlural(wordsOf(unit), unit.lemma)
      return (words) => (plural ? words : withArticle(words))
    }
    case 'colour':
    case 'size':
    case 'attribute':
      return (words) => {
        if (subject === null) return words
        const both = `${words.toLowerCase()} ${wordsOf(subject)}`
        return isPlural(wordsOf(subject), subject.lemma) ? both : withArticle(both)
      }
    case 'count':
      return (words) => {
        if (subject === null) return null
        const isOne = /^(?:1|one|a single)$/i.test(words)
        const nouns = /^\d+$/.test(unit.lemma)
          ? isOne
            ? subject.lemma
            : pluralOf(subject.lemma)
          : `${/ of$/.test(unit.lemma) ? 'of ' : ''}${wordsOf(subject)}`
        return `${words.toLowerCase()} ${nouns}`
      }
    case 'relation':
      return (words) => {
        if (subject === null || toward?.kind !== 'entity' || unit.lemma === 'have') return null
        return `${thingPhrase(scene, subject)} ${words.toLowerCase()} ${thingPhrase(scene, toward)}`
      }
    case 'action':
      return (words) => {
        if (subject === null) return null
        const verb = words === wordsOf(unit) ? ingFormOf(unit.lemma) : words
        return `${thingPhrase(scene, subject)} ${verb}`
      }
    case 'sign-text':
      return (words) => `a sign that reads “${words}”`
    case 'name':
      return () => null
  }
}

function thingPhrase({ text }: Scene, unit: TextUnit): string {
  const words = text.slice(unit.start, unit.end)
  return isPlural(words, unit.lemma) ? words : withArticle(words)
}

/** With the colour of the thing, so that a red dog and a blue dog are two; null for what is no thing. */
function placePhrase(scene: Scene, unit: TextUnit | null): string | null {
  if (unit?.kind !== 'entity') return null
  const { text, units } = scene
  const index = units.indexOf(unit)
  const colour = units.find(
    ({ kind, lemma, about }) => kind === 'attribute' && about === index && isColour(lemma),
  )
  if (colour === undefined) return thingPhrase(scene, unit)
  const words = text.slice(unit.start, unit.end)
  const both = `${text.slice(colour.start, colour.end).toLowerCase()} ${words}`
  return isPlural(words, unit.lemma) ? both : withArticle(both)
}

function foilsOf(
  scene: Scene,
  of: {
    readonly unit: TextUnit
    readonly claim: ClaimKind
    readonly words: string
    readonly say: Say
  },
): Foil[] {
  const { unit, claim, words, say } = of
  const { units } = scene
  const found = findFoilWords({
    claim,
    words,
    lemma: unit.lemma,
    things: scene.things,
    besides: units.flatMap((each) =>
      each !== unit && each.kind === 'attribute' && each.about === unit.about ? [each.lemma] : [],
    ),
  })
  return found.flatMap(({ words: instead, tier }) => {
    const phrase = say(instead)
    return phrase === null ? [] : [{ words: likeCase(instead, words), phrase, tier }]
  })
}

/** Capital at the start where the words that it replaces have one. */
function likeCase(words: string, model: string): string {
  const [first = ''] = model
  const isCapital = first !== first.toLowerCase()
  return isCapital ? words.slice(0, 1).toUpperCase() + words.slice(1) : words
}

function unitAt({ units }: Scene, index: number | null): TextUnit | null {
  return index === null ? null : (units[index] ?? null)
}

function sentenceAround(scene: Scene, unit: TextUnit): PlannedUnit['sentence'] {
  const { text, sentences } = scene
  const { start, end } = sentences.get(unit.sentence) ?? { start: unit.start, end: unit.end }
  const without = `${text.slice(start, unit.start)} ${text.slice(unit.end, end)}`
  return { start, end, text: text.slice(start, end), without: without.replace(/\s+/g, ' ').trim() }
}

/** The sentence of each number that units bear: from the end of the one before it to its last unit. */
function sentencesOf(text: string, units: readonly TextUnit[]): ReadonlyMap<number, TextSpan> {
  const spans = new Map<number, TextSpan>()
  for (const { sentence, start, end } of units) {
    const known = spans.get(sentence) ?? { start, end }
    spans.set(sentence, { start: Math.min(known.start, start), end: Math.max(known.end, end) })
  }
  let before = 0
  for (const [sentence, { start, end }] of spans) {
    const gap = text.slice(before, start)
    const cut = Math.max(...['.', '!', '?', '\n'].map((mark) => gap.lastIndexOf(mark)))
    const lead = gap.slice(cut + 1)
    spans.set(sentence, { start: start - lead.trimStart().length, end })
    before = end
  }
  return spans
}
