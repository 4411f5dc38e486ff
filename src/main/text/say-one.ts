import { withArticle } from './foils/word-forms.ts'
import { getWordNet } from './lexicon/language.ts'

/** A noun as a caption says it of one of them: "a dog", "the sky", "grass". */
export function sayOne(noun: string): string {
  if (ONLY_ONES.has(noun)) return `the ${noun}`
  return MASS_NOUNS.has(noun.slice(noun.lastIndexOf(' ') + 1)) ? noun : withArticle(noun)
}

/** True where there is no "a" of it: what a picture has one of, and what is no thing but a stuff. */
export function isOneOrStuff(noun: string): boolean {
  return ONLY_ONES.has(noun) || MASS_NOUNS.has(noun.slice(noun.lastIndexOf(' ') + 1))
}

/** True of nouns that are plural as they stand, also in dictionaries: "scissors", "cows", "stairs". */
export function isPluralForm(noun: string): boolean {
  const last = noun.slice(noun.lastIndexOf(' ') + 1)
  if (PLURALS_ALONE.has(last)) return true
  if (!/[^siu]s$/u.test(last) || last.length < LEAST_PLURAL_LETTERS) return false
  const wordNet = getWordNet()
  return wordNet.has(last.slice(0, -1), 'noun') || wordNet.has(last.replace(/es$/u, ''), 'noun')
}

/** "Gas" is not the plural of gallium. */
const LEAST_PLURAL_LETTERS = 4

/** Those without a singular. */
const PLURALS_ALONE: ReadonlySet<string> = new Set(
  'scissors binoculars clothes goggles pliers tongs tweezers pajamas skis'.split(' '),
)

const ONLY_ONES: ReadonlySet<string> = new Set([
  'sky',
  'sea',
  'sun',
  'moon',
  'ocean',
  'ground',
  'seaside',
  'background',
])

const MASS_NOUNS: ReadonlySet<string> = new Set(
  `grass sand snow water ice rain fog mist smoke steam fire food bread rice cheese butter cake meat fruit hair fur wood
  metal glass paper cloth fabric furniture luggage clothing jewelry money soil mud dirt dust gravel asphalt pavement
  ivy moss seaweed coral milk coffee tea juice beer wine soup cream chocolate sugar sunlight light`.split(
    /\s+/,
  ),
)
