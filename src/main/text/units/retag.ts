import { getWordNet } from '../lexicon/language.ts'
import {
  AUXILIARIES,
  COLOURS,
  MAKES,
  MATERIALS,
  NUMBERS,
  PREPOSITIONS,
  QUANTIFIERS,
} from '../lexicon/word-lists.ts'
import { joinWords } from './join-words.ts'
import { nounLemma } from './noun-phrases.ts'
import { isLiving } from './phrase-sense.ts'
import { isNounLike, type Tag, type Token } from './tagger.ts'

/**
 * Mends what the tagger, which learned from news, reads wrongly in captions: "man skiing" is no compound,
 * "left" no verb after "the", "on counter" names a thing. Each rule sees the tokens as mended so far.
 */
export function retag(tokens: readonly Token[]): Token[] {
  const mended = joinWords(tokens).map((token) => ({
    ...token,
    tag: fixedTag(token) ?? token.tag,
  }))
  for (const rule of RULES)
    mended.forEach((token, at) => {
      const tag = rule({ token, at, tokens: mended })
      if (tag !== null) mended[at] = { ...token, tag }
    })
  return mended
}

interface Place {
  readonly token: Token
  readonly at: number
  readonly tokens: readonly Token[]
}
type Rule = (place: Place) => Tag | null

const RULES: readonly Rule[] = [
  tagCan,
  tagAdverb,
  tagIngAdjective,
  tagSaidOfSubject,
  tagCompoundOfMake,
  tagLeftRight,
  tagLoneAdjective,
  tagAfterDeterminer,
  tagOwnedPart,
  tagAfterNoun,
  tagAfterPreposition,
  tagStart,
  tagNounBeforeBe,
  tagParticipleAfterNoun,
  tagIngForm,
  tagVerbFormOfNoun,
]

/** Words with one meaning in captions, whatever stands around them. */
function fixedTag({ lower, tag, text }: Token): Tag | null {
  if (!/[\p{Script=Latin}\d]/u.test(text)) return tag === 'PUNCT' ? null : 'OTHER'
  if (tag === 'PROPN' && lower === text) return 'NOUN'
  if (AUXILIARIES.has(lower) && lower !== "'s") return 'AUX'
  if (lower === 'wearing' || lower === 'holding' || lower === 'riding') return 'VERB'
  if (NUMBERS.has(lower)) return lower === 'dozen' ? tag : 'NUM'
  if (QUANTIFIERS.has(lower) && tag === 'ADJ') return 'ADJ'
  if (COLOURS.has(lower) && tag !== 'NOUN') return 'ADJ'
  if (PREPOSITIONS.has(lower) && tag === 'NOUN') return 'ADP'
  if (lower === 'underneath' || lower === 'atop' || lower === 'alongside' || lower === 'beside')
    return 'ADP'
  return null
}

/** "can of soda", "a can". */
function tagCan({ token, at, tokens }: Place): Tag | null {
  if (token.lower !== 'can') return null
  const previous = tokens[at - 1]
  const isThing =
    tokens[at + 1]?.lower === 'of' || previous?.tag === 'DET' || previous?.tag === 'ADJ'
  return isThing ? 'NOUN' : null
}

/** "large gray rock", "clear blue sky": the tagger takes the first of two adjectives for an adverb. */
function tagAdverb({ token, at, tokens }: Place): Tag | null {
  if (token.tag !== 'ADV' || /ly$/.test(token.lower) || DEGREES.test(token.lower)) return null
  const next = tokens[at + 1]
  if (next?.tag !== 'ADJ' && next?.tag !== 'NOUN' && next?.tag !== 'VERB') return null
  if (next.tag === 'VERB' && getWordNet().baseForm(token.lower, 'noun') === null) return null
  return getWordNet().usedSenses(token.lower, 'adj') > 0 ? 'ADJ' : null
}

const DEGREES =
  /^(?:very|too|so|more|most|just|only|still|well|much|even|quite|rather|almost|all|about|less|least|as|not|now|then|there|here|also|together|apart|back|away|down|up)$/

/** "is biting the", "monkey consuming a": a form in -ing that takes an object is a verb. */
function tagIngAdjective({ token, at, tokens }: Place): Tag | null {
  if (token.tag !== 'ADJ' || !/ing$/.test(token.lower)) return null
  const previous = tokens[at - 1]
  const next = tokens[at + 1]
  if (previous?.tag !== 'AUX' && !isNounLike(previous)) return null
  const takesObject = next?.tag === 'DET' || next?.tag === 'PRON' || next?.tag === 'ADP'
  return takesObject && isKnown(token.lower, 'verb') ? 'VERB' : null
}

/** "the sky is overcast": what "is" leads to alone is a quality, if it can be one. */
function tagSaidOfSubject({ token, at, tokens }: Place): Tag | null {
  const previous = tokens[at - 1]
  const next = tokens[at + 1]
  if (token.tag !== 'NOUN' || previous === undefined || !BE_WORDS.test(previous.lower)) return null
  if (next !== undefined && next.tag !== 'PUNCT' && next.tag !== 'CCONJ') return null
  const wordNet = getWordNet()
  const asAdjective = wordNet.usedSenses(token.lower, 'adj')
  return asAdjective > wordNet.usedSenses(token.lower, 'noun') ||
    (wordNet.has(token.lower, 'adj') && wordNet.usedSenses(token.lower, 'noun') === 0)
    ? 'ADJ'
    : null
}

/** "Coca-Cola vending machine": a make does nothing. */
function tagCompoundOfMake({ token, at, tokens }: Place): Tag | null {
  const next = tokens[at + 1]
  if (token.tag !== 'VERB' || next === undefined || !MAKES.has(tokens[at - 1]?.lower ?? ''))
    return null
  return getWordNet().baseForm(`${token.lower} ${next.lower}`, 'noun') === null ? null : 'NOUN'
}

function isKnown(word: string, wordClass: 'noun' | 'verb' | 'adj'): boolean {
  return getWordNet().baseForm(word, wordClass) !== null
}

/** "the left side", "a truck on the left": never "to leave" beside these. */
function tagLeftRight({ token, at, tokens }: Place): Tag | null {
  if (token.lower !== 'left' && token.lower !== 'right') return null
  const previous = tokens[at - 1]
  const next = tokens[at + 1]
  if (isNounLike(next) || next?.tag === 'ADJ') return 'ADJ'
  if (previous?.tag === 'DET' || previous?.tag === 'ADP' || previous?.tag === 'ADJ') return 'NOUN'
  if (previous?.lower === 'facing') return 'NOUN'
  return null
}

/** After an article comes no finite verb: a noun, or before one a word that describes it. */
function tagAfterDeterminer({ token, at, tokens }: Place): Tag | null {
  const previous = tokens[at - 1]
  if (token.tag !== 'VERB' || previous === undefined) return null
  const opens =
    previous.tag === 'DET' ||
    previous.tag === 'NUM' ||
    (at === 1 && previous.tag === 'VERB' && /ed$/.test(previous.lower)) ||
    (previous.tag === 'AUX' &&
      BE_WORDS.test(previous.lower) &&
      !/(?:ed|ing|en)$/.test(token.lower)) ||
    (MATERIALS.has(previous.lower) && !/(?:ed|ing)$/.test(token.lower)) ||
    (previous.tag === 'ADJ' && !/ly$/.test(token.lower)) ||
    /^(?:his|her|its|their|my|your|our|'s)$/.test(previous.lower)
  if (!opens) return null
  const next = tokens[at + 1]
  const describes = /(?:ed|ing|en)$/.test(token.lower) || isKnown(token.lower, 'adj')
  if (describes && (isNounLike(next) || next?.tag === 'ADJ')) return 'ADJ'
  if (previous.tag === 'ADJ' && /(?:ed|ing)$/.test(token.lower)) return null
  return isKnown(token.lower, 'noun') ? 'NOUN' : null
}

const BE_WORDS = /^(?:is|are|was|were)$/

/**
 * "a light hanging", "with light", "white lable": an adjective with no noun to describe is one itself, if it can
 * be or if nobody knows the word. Colours stay, as in "a woman in black".
 */
function tagLoneAdjective({ token, at, tokens }: Place): Tag | null {
  if (token.tag !== 'ADJ' || COLOURS.has(token.lower)) return null
  const previous = tokens[at - 1]
  const next = tokens[at + 1]
  const stands =
    previous === undefined ||
    previous.tag === 'DET' ||
    previous.tag === 'ADP' ||
    previous.tag === 'ADJ'
  const isAlone =
    next === undefined ||
    next.tag === 'ADP' ||
    next.tag === 'PUNCT' ||
    next.tag === 'AUX' ||
    next.tag === 'VERB' ||
    (/ing$/.test(next.lower) && isKnown(next.lower, 'verb') && tokens[at + 2]?.tag !== 'NOUN')
  if (!stands || !isAlone || (previous === undefined && next === undefined)) return null
  if (previous?.tag === 'ADJ' && next?.tag === 'PUNCT' && next.text === ',') return null
  return isKnown(token.lower, 'noun') || !isKnown(token.lower, 'adj') ? 'NOUN' : null
}

/** "side mirror", "fruit stand": a bare verb form after one thing is a noun; "people walk" has a plural. */
function tagAfterNoun({ token, at, tokens }: Place): Tag | null {
  const previous = tokens[at - 1]
  if (token.tag !== 'VERB' || previous?.tag !== 'NOUN') return null
  if (/(?:ed|ing|[^s]s)$/.test(token.lower) || !isKnown(token.lower, 'noun')) return null
  if (getWordNet().baseForm(token.lower, 'verb') !== token.lower) return null
  const next = tokens[at + 1]
  const isPlural = getWordNet().baseForm(previous.lower, 'noun') !== previous.lower
  const goesOn = next?.tag === 'DET' || isNounLike(next) || next?.tag === 'ADJ'
  return isPlural || PLURALS.test(previous.lower) || goesOn ? null : 'NOUN'
}

const PLURALS = /^(?:people|men|women|children|sheep|police|cattle)$/

/** "on its back": no adverb. */
function tagOwnedPart({ token, at, tokens }: Place): Tag | null {
  if (token.tag !== 'ADV' || !/^(?:his|her|its|their)$/.test(tokens[at - 1]?.lower ?? ''))
    return null
  const next = tokens[at + 1]
  const isLast = next === undefined || next.tag === 'PUNCT' || next.tag === 'ADP'
  return isLast && isKnown(token.lower, 'noun') ? 'NOUN' : null
}

/** "on counter", "of surf": a bare verb form after a preposition is a noun. */
function tagAfterPreposition({ token, at, tokens }: Place): Tag | null {
  const previous = tokens[at - 1]
  if (token.tag !== 'VERB' || (previous?.tag !== 'ADP' && previous?.lower !== 'to')) return null
  if (/(?:ed|ing)$/.test(token.lower)) return null
  if (
    previous.lower === 'to' &&
    !/(?:ed|next|close|adjacent|tied)$/.test(tokens[at - 2]?.lower ?? '')
  )
    return null
  return isKnown(token.lower, 'noun') ? 'NOUN' : null
}

/** Captions give no orders: a bare verb form in front is a noun, "bat on the ground". */
function tagStart({ token, at, tokens }: Place): Tag | null {
  if (at > 0 || token.tag !== 'VERB' || /(?:ed|ing)$/.test(token.lower)) return null
  if (!isKnown(token.lower, 'noun')) return null
  const next = tokens[1]
  return next?.tag === 'DET' || next?.tag === 'PRON' ? null : 'NOUN'
}

/** "birds wings are outstretched": what stands before "are" is its subject. */
function tagNounBeforeBe({ token, at, tokens }: Place): Tag | null {
  const next = tokens[at + 1]
  if (token.tag !== 'VERB' || next?.tag !== 'AUX' || /(?:ed|ing)$/.test(token.lower)) return null
  return isKnown(token.lower, 'noun') ? 'NOUN' : null
}

/** "man dressed in", "car parked under": the tagger takes some of these as adjectives or nouns. */
function tagParticipleAfterNoun({ token, at, tokens }: Place): Tag | null {
  if (!/ed$/.test(token.lower) || !isNounLike(tokens[at - 1])) return null
  if (token.tag === 'VERB' || !isKnown(token.lower, 'verb')) return null
  const next = tokens[at + 1]
  return next === undefined || next.tag === 'ADP' || next.tag === 'PUNCT' ? 'VERB' : null
}

/** "man skiing down", "girl playing game": a form in -ing after a noun says what it does. */
function tagIngForm({ token, at, tokens }: Place): Tag | null {
  if (token.tag !== 'NOUN' || !/ing$/.test(token.lower)) return null
  const previous = tokens[at - 1]
  if (!isNounLike(previous) && previous?.tag !== 'AUX') return null
  if (previous === undefined || !isKnown(token.lower, 'verb')) return null
  if (THINGS_IN_ING.has(token.lower)) return null
  const wordNet = getWordNet()
  if (wordNet.has(`${previous.lower} ${token.lower}`, 'noun')) return null
  const next = tokens[at + 1]
  const isCompound = isNounLike(next) && wordNet.has(`${token.lower} ${next?.lower ?? ''}`, 'noun')
  // "zebras drinking water" drink it; a "park drinking fountain" does not.
  return isCompound && !isLiving(nounLemma(previous.lower)) ? null : 'VERB'
}

const THINGS_IN_ING: ReadonlySet<string> = new Set(
  `building ceiling clothing railing wing ring string king painting morning evening awning siding icing lightning
  flooring lining pudding wedding frosting earring writing opening`.split(/\s+/),
)

/** "man rides horse": a noun form in -s between two noun phrases that WordNet knows better as a verb. */
function tagVerbFormOfNoun({ token, at, tokens }: Place): Tag | null {
  const previous = tokens[at - 1]
  if (token.tag !== 'NOUN' || previous === undefined || !isNounLike(previous)) return null
  if (!/[^s]s$/.test(token.lower) || MATERIALS.has(previous.lower)) return null
  const next = tokens[at + 1]
  if (next?.tag !== 'DET' && next?.tag !== 'ADP') return null
  const wordNet = getWordNet()
  const verb = wordNet.baseForm(token.lower, 'verb')
  const noun = wordNet.baseForm(token.lower, 'noun')
  if (verb === null || noun === null) return verb === null ? null : 'VERB'
  if (next.tag === 'DET') return 'VERB'
  return wordNet.usedSenses(verb, 'verb') > 3 * Math.max(1, wordNet.usedSenses(noun, 'noun'))
    ? 'VERB'
    : null
}
