import { replacement } from '../../../shared/domain/text-fix.ts'
import { isReported } from './matching.ts'
import type { UnitKind } from '../../../shared/domain/text-unit.ts'
import { findUnits } from '../units/find-units.ts'
import { BOTH_ROLES, type Finding, type HygieneRule } from './rule.ts'
import type { RuleText, Word } from './rule-text.ts'

/** A vowel that is spoken as a consonant: "a unicorn", "a one-way street", "a European". */
const SPOKEN_CONSONANT =
  /^(?:uni(?!m|n[^i])|use|usa|usu|uto|ura|ure|uri|ute|ub[ei]|ufo|ugan|ukr|ukulele|eu|ew|one(?!i|r)|once|ouija|u-|ur[aeiou]|us[aeiu]|ut[aeio]|u$|uk$|usb|ups$|url|uv$)/u
const SPOKEN_VOWEL =
  /^(?:hour|heir|honest|honou?r|x-?ray|xmas|mri$|nba$|nfl$|mp3|mp4|mba$|fbi$|suv|atm|led$|lcd$|sms$|hdmi|html|rv$|rvs$|x$|f$|h$|l$|m$|n$|r$|s$|8|11(?!\d)|18(?!\d))/u

function wantsAn(written: string): boolean | null {
  const lower = written.toLowerCase()
  if (SPOKEN_VOWEL.test(lower)) return true
  if (SPOKEN_CONSONANT.test(lower)) return false
  if (/^\p{Lu}{2,}$|^\p{Lu}$/u.test(written)) return null
  if (/^\d/u.test(lower)) return false
  if (/^[aeiouáéíóúàèäöü]/u.test(lower)) return true
  return /^\p{Script=Latin}/u.test(lower) ? false : null
}

/** "vitamin A is", "grade a or b": the letter itself. */
function isArticle(text: string, word: Word, next: Word): boolean {
  if (!/^[ ]$/u.test(text.slice(word.end, next.start))) return false
  const isCapitalInside =
    text[word.start] === 'A' &&
    /[\p{L}\p{N}] $/u.test(text.slice(Math.max(0, word.start - 2), word.start))
  return (
    !isCapitalInside &&
    !/^(?:and|or|is|are|in|on|at|of|as|if|to|it|was|am|i|us|un|a|an|the)$/u.test(next.lower)
  )
}

const article: HygieneRule = {
  id: 'structure/article',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: '“a” before a vowel, “an” before a consonant',
  find: (text) =>
    !text.isEnglish
      ? []
      : text.words.flatMap((word, index): Finding[] => {
          const next = text.words[index + 1]
          if ((word.lower !== 'a' && word.lower !== 'an') || next === undefined) return []
          const wants = wantsAn(text.text.slice(next.start, next.end))
          if (wants === null || wants === (word.lower === 'an')) return []
          if (!isArticle(text.text, word, next) || isReported(text, word.start)) return []
          const isCapital = text.text[word.start] === 'A'
          const insert = `${isCapital ? 'A' : 'a'}${wants ? 'n' : ''}`
          const fix = replacement(word, insert, `Write “${insert}”`)
          const message = `“${insert}” goes before this word.`
          return [{ start: word.start, end: word.end, message, fix }]
        }),
}

const STOPPED = /[.!?。！？…]["'”’»)\]]*$/u
const MIN_WORDS_TO_END = 12

const missingStop: HygieneRule = {
  id: 'structure/missing-stop',
  severity: 'hint',
  roles: ['caption'],
  finds: 'no stop at the end of a caption that has sentences',
  find(text) {
    const last = text.sentences.at(-1)
    const word = text.words.at(-1)
    if (last === undefined || word === undefined) return []
    const isProse = text.sentences.length > 1 || text.words.length >= MIN_WORDS_TO_END
    const tail = text.text.slice(Math.max(0, last.end - 12), last.end)
    if (!isProse || STOPPED.test(tail) || !/[\p{L}\p{N}"'”’)]$/u.test(tail)) return []
    if (/[\p{Script=Thai}\p{Script=Devanagari}\p{Script=Arabic}]/u.test(tail)) return []
    const fix = {
      start: word.start,
      end: last.end,
      insert: `${text.text.slice(word.start, last.end)}.`,
      label: 'Put a stop',
    }
    const span = { start: word.start, end: last.end }
    return [{ ...span, message: 'The last sentence has no stop.', fix }]
  },
}

/** What leads to a noun in English. */
const DETERMINERS = new Set(
  'a an the this that these those my your his her its our their some any each every both all no another other several many few most more one two three four five six seven eight nine ten dozen there it he she they i we what which who'.split(
    ' ',
  ),
)
const MIN_WORDS = 8

const noDeterminer: HygieneRule = {
  id: 'structure/no-determiner',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'longer English texts without any “a”, “the”, “two”, “his” …: titles and keyword rows',
  find(text) {
    const { words } = text
    if (!text.isEnglish || text.language.code !== 'en' || words.length < MIN_WORDS) return []
    const leads = ({ lower }: Word) => DETERMINERS.has(lower) || /\d|['’]s$/u.test(lower)
    if (words.some(leads)) return []
    return [wholeText(text, 'No article or number leads to a noun: it reads as a title or a list.')]
  },
}

const NAMING: ReadonlySet<UnitKind> = new Set(['entity', 'name', 'quoted-text', 'count'])
const MIN_WORDS_TO_NAME = 2
/** A longer text without a noun is hardly ever written, and finding units in it takes time. */
const MAX_WORDS_TO_READ = 12

const noNoun: HygieneRule = {
  id: 'structure/no-noun',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'short English texts that name nothing: “Simply amazing!”',
  find(text) {
    const count = text.words.length
    if (!text.isEnglish || count < MIN_WORDS_TO_NAME || count > MAX_WORDS_TO_READ) return []
    if (
      text.text.length > 500 ||
      !/\S\s+\S/u.test(text.text) ||
      !/\p{Script=Latin}{2}/u.test(text.text)
    )
      return []
    if (findUnits(text.text).some(({ kind }) => NAMING.has(kind))) return []
    return [wholeText(text, 'The text names nothing that a picture could show.')]
  },
}

function wholeText({ text }: RuleText, message: string): Finding {
  const start = text.length - text.trimStart().length
  return { start, end: text.trimEnd().length, message, fix: null }
}

export const GRAMMAR_RULES: readonly HygieneRule[] = [article, missingStop, noDeterminer, noNoun]
