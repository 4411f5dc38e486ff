import { deflateRawSync } from 'node:zlib'
import { deletion, replacement } from '../../../shared/domain/text-fix.ts'
import { isReported } from './matching.ts'
import { BOTH_ROLES, type Finding, type HygieneRule } from './rule.ts'
import type { RuleText, Word } from './rule-text.ts'

/** Doubled by rule in English ("had had"), or for a sound or a name ("bye bye", "Pago Pago"). */
const MAY_DOUBLE = new Set(
  'had that bye so very really many much far no ha ho la na da cha choo tom yo can pom bora bling chop knock tuk night ping mia hula walla wagga sing zsa duran pago aye tut boo please long well more up down round out'.split(
    ' ',
  ),
)

function isDoubled(text: string, before: Word, word: Word): boolean {
  if (before.lower !== word.lower || MAY_DOUBLE.has(word.lower)) return false
  if (!/^\s+$/u.test(text.slice(before.end, word.start))) return false
  const isName = /^\p{Lu}/u.test(text.slice(word.start, word.start + 2))
  const isSingle = /^(?:\d+|\p{L})$/u.test(word.lower) && word.lower !== 'a'
  return !isName && !isSingle
}

const doubledWord: HygieneRule = {
  id: 'repetition/doubled-word',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'the same word twice in a row: “the the”',
  find(text) {
    const findings: Finding[] = []
    for (const [index, word] of text.words.entries()) {
      const before = text.words[index - 1]
      if (before === undefined || !isDoubled(text.text, before, word)) continue
      const last = findings.at(-1)
      const isThird = last !== undefined && last.end > before.start
      if (!isThird && isReported(text, before.start)) continue
      if (isThird) findings.pop()
      const span = { start: isThird ? last.start : before.start, end: word.end }
      const once = isThird ? (last.fix?.insert ?? '') : text.text.slice(before.start, before.end)
      const message = 'The same word stands here twice.'
      findings.push({ ...span, message, fix: replacement(span, once, 'Leave it once') })
    }
    return findings
  },
}

const FUNCTION_WORDS = new Set(
  'a an the and or but of in on at to by for from with without into onto over under above below behind beside between near next left right front top side is are was were be been being it its this that these those there here his her their he she they him them who which while as also both each one two three four five six seven eight nine ten some many several other another all has have had not no up down out off very de la le el die der das und et en les des du un une y los las'.split(
    ' ',
  ),
)
const MIN_WORD_COUNT = 5
/** CC12M drops texts in which a fifth of the words repeat; here one content word alone makes a quarter of them. */
const MAX_WORD_SHARE = 0.25

function counts(keys: Iterable<string>): Map<string, number> {
  const found = new Map<string, number>()
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1)
  return found
}

const repeatedWord: HygieneRule = {
  id: 'repetition/same-word',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds:
    'a word that makes a quarter of a text’s words of content and stands there five times or more',
  find(text) {
    const content = text.words.filter(
      ({ lower }) => !FUNCTION_WORDS.has(lower) && !/^\d+$/u.test(lower),
    )
    const often = [...counts(content.map(({ lower }) => lower))].filter(
      ([, count]) => count >= MIN_WORD_COUNT && count / content.length > MAX_WORD_SHARE,
    )
    return often.flatMap(([lower, count]): Finding[] => {
      const second = content.filter((word) => word.lower === lower)[1]
      const message = `“${lower}” stands here ${count} times.`
      return second === undefined
        ? []
        : [{ start: second.start, end: second.end, message, fix: null }]
    })
  },
}

const MIN_GRAMS = 12
const MAX_GRAM_SHARE = 0.15

/** Three words in a row, of which two say something; "on the left of" may come back. */
function contentGrams(words: readonly Word[]) {
  return words.slice(2).flatMap((third, index) => {
    const [first, second] = [words[index], words[index + 1]]
    if (first === undefined || second === undefined) return []
    const gram = [first.lower, second.lower, third.lower]
    if (gram.filter((word) => !FUNCTION_WORDS.has(word)).length < 2) return []
    return [{ start: first.start, end: third.end, key: gram.join(' ') }]
  })
}

const repeatedPhrase: HygieneRule = {
  id: 'repetition/same-phrase',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'the same three words again and again',
  find(text) {
    const grams = contentGrams(text.words)
    const seen = new Set<string>()
    const repeats = grams.filter(({ key }) => seen.size === seen.add(key).size)
    if (grams.length < MIN_GRAMS || repeats.length / grams.length <= MAX_GRAM_SHARE) return []
    return mergeSpans(repeats).map((span) => ({
      ...span,
      message: 'These words stood there before.',
      fix: null,
    }))
  },
}

function mergeSpans(spans: readonly { readonly start: number; readonly end: number }[]) {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of spans) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) last.end = end
    else merged.push({ start, end })
  }
  return merged
}

function plain(sentence: string): string {
  return (sentence.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')
}

const repeatedSentence: HygieneRule = {
  id: 'repetition/same-sentence',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'a sentence that stood there before',
  find(text) {
    const seen = new Set<string>()
    return text.sentences.flatMap((span): Finding[] => {
      const key = plain(text.text.slice(span.start, span.end))
      if (key.length < 8) return []
      if (!seen.has(key)) {
        seen.add(key)
        return []
      }
      const fix = sentenceDeletion(text, span)
      return [{ ...span, message: 'This sentence stood there before.', fix }]
    })
  },
}

function sentenceDeletion(text: RuleText, span: { start: number; end: number }) {
  const isEnded = /[.!?…]["'”’)]?$/u.test(text.text.slice(Math.max(0, span.end - 2), span.end))
  const label = 'Delete the repeated sentence'
  if (isEnded) return deletion(text.text, span, label)
  let { start } = span
  while (start > 0 && /\s/u.test(text.text[start - 1] ?? '')) start -= 1
  return replacement({ start, end: span.end }, '', label)
}

const MIN_COMPRESSED = 1000
const MIN_RATIO = 0.2

const compressible: HygieneRule = {
  id: 'repetition/compressible',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'long texts that pack to under a fifth of their size',
  find({ text }) {
    const size = Buffer.byteLength(text)
    if (size < MIN_COMPRESSED) return []
    const ratio = deflateRawSync(text).length / size
    if (ratio >= MIN_RATIO) return []
    const percent = Math.round(ratio * 100)
    const message = `The text packs to ${percent} % of its size: most of it repeats.`
    return [{ start: 0, end: text.length, message, fix: null }]
  },
}

export const REPETITION_RULES: readonly HygieneRule[] = [
  doubledWord,
  repeatedWord,
  repeatedPhrase,
  repeatedSentence,
  compressible,
]
