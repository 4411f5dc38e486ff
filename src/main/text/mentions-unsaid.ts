import type { TextUnit } from '../../shared/domain/text-unit.ts'
import { isBoilerplate } from './analysis.ts'
import { PLACEHOLDERS } from './fates/specific.ts'
import { isPlural, withArticle } from './foils/word-forms.ts'
import { findHygieneMarks } from './hygiene/find-hygiene-marks.ts'
import { getWordNet } from './lexicon/language.ts'
import { PICTURE_NOUNS, VAGUE_NOUNS } from './lexicon/word-lists.ts'
import { createMentionTest } from './mentions.ts'
import type { Unsaid, UnsaidArgs, UnsaidThing } from './requests.ts'
import { findSaidThings } from './said-things.ts'
import { isPluralForm, sayOne } from './say-one.ts'
import { findUnits } from './units/find-units.ts'

/**
 * What other texts and lists have that a caption does not say, as words that can be put into it. Each thing is there
 * once for each of the lists.
 */
export function findUnsaid(args: UnsaidArgs): Unsaid {
  const isSaid = createMentionTest(args.caption)
  const open = ({ noun }: { readonly noun: string }): boolean => !isSaid(noun)
  return {
    said: findSaidThings(args.caption).filter(({ noun }) => isVisible(noun)),
    altTexts: gather(args.altTexts, 'alt').filter(open),
    neighbours: gather(args.neighbours, 'caption').filter(open),
    labels: args.labels.map(labelThing).filter(open),
    nouns: args.nouns.filter((noun) => !isSaid(noun)),
  }
}

/** The things of several texts, with the share of the texts that say each. */
function gather(texts: readonly string[], role: 'alt' | 'caption'): UnsaidThing[] {
  const found = new Map<string, { phrase: string; count: number }>()
  for (const text of texts) {
    const inText = new Map(thingsOf(text, role).map((thing) => [thing.noun, thing.phrase]))
    for (const [noun, phrase] of inText) {
      const known = found.get(noun)
      if (known === undefined) found.set(noun, { phrase, count: 1 })
      else known.count += 1
    }
  }
  return [...found].map(([noun, { phrase, count }]) => ({
    noun,
    phrase,
    share: count / texts.length,
  }))
}

function thingsOf(text: string, role: 'alt' | 'caption') {
  const junk = role === 'alt' ? findHygieneMarks(text, { role }).filter(isBoilerplate) : []
  return findUnits(text)
    .filter(
      (unit) =>
        unit.kind === 'entity' &&
        isVisible(unit.lemma) &&
        !junk.some(({ start, end }) => unit.start < end && start < unit.end),
    )
    .map((unit) => ({ noun: unit.lemma, phrase: phraseOf(text, unit) }))
}

function phraseOf(text: string, { start, end, lemma }: TextUnit): string {
  const words = text.slice(start, end).toLowerCase()
  return isPlural(words, lemma) ? words : sayIt(lemma)
}

function labelThing(label: string): UnsaidThing {
  const noun = label.toLowerCase()
  return { noun, phrase: sayIt(noun), share: 1 }
}

/** Some dictionary words and names of detectors are plurals: "cows", "scissors". */
function sayIt(noun: string): string {
  if (isPluralForm(noun)) return noun
  return MADE_OF_STUFF.test(noun) ? withArticle(noun) : sayOne(noun)
}

/** Things whose last word is a stuff by itself. */
const MADE_OF_STUFF =
  /^(?:(?:wine|magnifying|drinking) glass|(?:traffic|street|stop) light|(?:birthday|wedding) cake)$/u

/** True of nouns for what can be seen in a picture, by one of the first meanings of their last word. */
function isVisible(lemma: string): boolean {
  if (NEVER_SEEN.has(lemma) || VAGUE_NOUNS.has(lemma)) return false
  const wordNet = getWordNet()
  const known = wordNet.has(lemma, 'noun') ? lemma : lemma.slice(lemma.lastIndexOf(' ') + 1)
  return wordNet.senses(known, 'noun', 4).some(({ domain }) => VISIBLE_DOMAINS.has(domain))
}

/** Numbers of WordNet's files: animals, artefacts, bodies, food, natural objects, persons, plants, substances. */
const VISIBLE_DOMAINS: ReadonlySet<number> = new Set([5, 6, 8, 13, 17, 18, 20, 27])

/** What a picture is made as, not what it shows. */
const NEVER_SEEN: ReadonlySet<string> = new Set([
  ...PLACEHOLDERS,
  ...PICTURE_NOUNS,
  ...'illustration drawing painting icon clipart vector graphic cartoon stock render artwork wallpaper'.split(
    ' ',
  ),
])
