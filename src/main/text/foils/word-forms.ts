import { getWordNet } from '../lexicon/language.ts'

/** Plural of a noun, by the rules of spelling and a few irregular ones; its last word where there are several. */
export function pluralOf(noun: string): string {
  const at = noun.lastIndexOf(' ') + 1
  const [head, last] = [noun.slice(0, at), noun.slice(at)]
  const irregular = IRREGULAR_PLURALS.get(last)
  if (irregular !== undefined) return head + irregular
  if (ALWAYS_PLURAL.has(last)) return noun
  if (/(?:man)$/.test(last)) return `${head}${last.slice(0, -3)}men`
  if (/[^aeiou]y$/.test(last)) return `${head}${last.slice(0, -1)}ies`
  if (/(?:s|x|z|ch|sh)$/.test(last)) return `${head}${last}es`
  return `${head}${last}s`
}

/** "a dog", "an apple". */
export function withArticle(words: string): string {
  const isVowel =
    /^(?:[aeio]|u(?!ni|s[aeu]|t[ei]|k|fo)|hourglass|x-ray)/i.test(words) &&
    !/^(?:one|eu)/i.test(words)
  return `${isVowel ? 'an' : 'a'} ${words}`
}

/** The -ing form of a verb's base form; of several words the first: "lie on" is "lying on". */
export function ingFormOf(verb: string): string {
  const [first = '', ...rest] = verb.split(' ')
  return [ingOf(first), ...rest].join(' ')
}

/** True where written words are a noun's plural and not its base form. */
export function isPlural(words: string, lemma: string): boolean {
  const lower = words.toLowerCase()
  if (ALWAYS_PLURAL.has(lower)) return true
  if (lower === lemma) return false
  const last = lower.slice(lower.lastIndexOf(' ') + 1)
  return getWordNet().baseForm(last, 'noun') !== last
}

function ingOf(verb: string): string {
  if (DOUBLING_VERBS.has(verb)) return `${verb}${verb.slice(-1)}ing`
  if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying`
  if (/[^eoy]e$/.test(verb)) return `${verb.slice(0, -1)}ing`
  return `${verb}ing`
}

/** "Three people", and never "a people". */
const ALWAYS_PLURAL: ReadonlySet<string> = new Set(['people', 'police', 'cattle'])

const IRREGULAR_PLURALS: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
  ['goose', 'geese'],
  ['mouse', 'mice'],
  ['ox', 'oxen'],
  ['leaf', 'leaves'],
  ['loaf', 'loaves'],
  ['wolf', 'wolves'],
  ['calf', 'calves'],
  ['shelf', 'shelves'],
  ['knife', 'knives'],
  ['die', 'dice'],
  ['cactus', 'cacti'],
  ['sheep', 'sheep'],
  ['fish', 'fish'],
  ['deer', 'deer'],
  ['squid', 'squid'],
  ['aircraft', 'aircraft'],
])

const DOUBLING_VERBS: ReadonlySet<string> = new Set([
  ...['sit', 'run', 'swim', 'hit', 'cut', 'dig', 'drag', 'grab', 'hop', 'hug', 'jog', 'nap', 'pet'],
  ...[
    'put',
    'rub',
    'set',
    'shop',
    'skip',
    'slip',
    'spin',
    'stop',
    'tap',
    'trot',
    'wag',
    'wrap',
    'chat',
    'clap',
    'get',
  ],
])
