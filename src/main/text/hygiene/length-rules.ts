import { BOTH_ROLES, type HygieneRule } from './rule.ts'

/** CC12M keeps 3 to 256 words; DataComp keeps more than 2 words and more than 5 characters. */
const MIN_WORDS = 3
const MAX_WORDS = 256
const MIN_CHARACTERS = 6
/** Written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const tooShort: HygieneRule = {
  id: 'length/too-short',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: `fewer than ${MIN_WORDS} words or ${MIN_CHARACTERS} characters, which filters of training data drop`,
  find({ text, words }) {
    const trimmed = text.trim()
    const characters =
      trimmed.length < 4 * MIN_CHARACTERS ? Array.from(trimmed).length : MIN_CHARACTERS
    const tooFewWords = words.length < MIN_WORDS && !UNSPACED.test(trimmed)
    if (trimmed === '' || (!tooFewWords && characters >= MIN_CHARACTERS)) return []
    const start = text.length - text.trimStart().length
    const message = 'Filters of training data drop texts as short as this.'
    return [{ start, end: start + trimmed.length, message, fix: null }]
  },
}

const tooLong: HygieneRule = {
  id: 'length/too-long',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: `more than ${MAX_WORDS} words; the mark starts at the first word too many`,
  find({ text, words }) {
    const first = words[MAX_WORDS]
    if (first === undefined) return []
    const message = `The text has ${words.length} words; filters of training data stop at ${MAX_WORDS}.`
    return [{ start: first.start, end: text.trimEnd().length, message, fix: null }]
  },
}

export const LENGTH_RULES: readonly HygieneRule[] = [tooShort, tooLong]
