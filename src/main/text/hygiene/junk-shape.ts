import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { deletion, replacement } from '../../../shared/domain/text-fix.ts'
import { findAll, isReported, spanOf } from './matching.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'
import { lastStartingBefore, type RuleText, type Word } from './rule-text.ts'

const MIN_ITEMS = 5
const SENTENCE_WORDS =
  /\b(?:a|an|the|and|or|is|are|was|has|have|with|of|in|on|at|to|by|from|for|near|under|behind|his|her|their|its|this|that|some|he|she|it|they|we|i|you|two|three|four|five|six|several|many)\b/iu

const keywordList: HygieneRule = {
  id: 'junk/keyword-list',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'lists of search words instead of a sentence: dog, cute, pet, animal, puppy',
  find(text) {
    if (text.text.length > 5000) return []
    const items = text.text.split(/[,;|]/u).map((item) => item.trim())
    const full = items.filter((item) => item !== '')
    const isShort = full.every((item) => item.split(/\s+/u).length <= 3)
    const isList = full.length >= MIN_ITEMS && isShort && !SENTENCE_WORDS.test(text.text)
    if (!isList || /[.!?](?:\s+\p{L}|\s*$)/u.test(text.text)) return []
    const start = text.text.length - text.text.trimStart().length
    const end = text.text.trimEnd().length
    return [{ start, end, message: 'These are search words, not a sentence.', fix: null }]
  },
}

const ACRONYMS = new Set(
  'usa uk nasa nato fifa uefa nba nfl mlb nhl bbc cnn esa unesco unicef hdmi usb dvd led lcd suv atv html css bmw rspca raf usaf uss hms ii iii iv vi vii viii ix xi xii tv cd dj pc ny nyc la dc eu un'.split(
    ' ',
  ),
)
const MIN_RUN = 3
const MIN_RUN_INSIDE = 5

function isCapital(text: string, word: Word): boolean {
  const written = text.slice(word.start, word.end)
  return /\p{Lu}/u.test(written) && !/\p{Ll}/u.test(written)
}

function isPlainWord(word: Word): boolean {
  return word.lower.length >= 3 && !ACRONYMS.has(word.lower) && !/\d/u.test(word.lower)
}

/** Runs of words in capitals; a number inside a run does not end it. */
function capitalRuns(text: RuleText): Word[][] {
  const runs: Word[][] = []
  let run: Word[] = []
  for (const word of text.words) {
    const isNumber = run.length > 0 && /^\d+$/u.test(word.lower)
    if (!isReported(text, word.start) && (isCapital(text.text, word) || isNumber)) run.push(word)
    else if (run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  return run.length > 0 ? [...runs, run] : runs
}

function sentenceCase(text: string, words: readonly Word[], opensSentence: boolean): string {
  let from = words[0]?.start ?? 0
  const parts: string[] = []
  for (const { start, end, lower } of words) {
    const isName = ACRONYMS.has(lower) || /\d/u.test(lower) || lower === 'i'
    const written = text.slice(start, end)
    parts.push(text.slice(from, start), isName ? written : written.toLowerCase())
    from = end
  }
  const starts = opensSentence ? /(?:^|[.!?]\s+)\p{Ll}/gu : /[.!?]\s+\p{Ll}/gu
  return parts.join('').replace(starts, (start) => start.toUpperCase())
}

const allCaps: HygieneRule = {
  id: 'junk/all-caps',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'texts in capitals: RED BUS IN LONDON',
  find(text) {
    return capitalRuns(text).flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)]
      if (first === undefined || last === undefined) return []
      const isWhole = run.length === text.words.length
      const isLong = run.length >= (isWhole ? MIN_RUN : MIN_RUN_INSIDE)
      if (!isLong || run.filter(isPlainWord).length < 2) return []
      const span = { start: first.start, end: last.end }
      const sentence = text.sentences[lastStartingBefore(text.sentences, first.start)]
      const written = sentenceCase(text.text, run, sentence?.start === first.start)
      const fix = replacement(span, written, 'Write in small letters')
      return [{ ...span, message: 'The text shouts in capitals.', fix }]
    })
  },
}

const PART = String.raw`(?!\p{Regional_Indicator})(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)\p{Emoji_Modifier}?`
const EMOJI = String.raw`(?:\p{Regional_Indicator}{2}|${PART}(?:\u200D(?:${PART}|\p{Extended_Pictographic}))*)\uFE0F?`
const EMOJI_RUN = new RegExp(`${EMOJI}(?:[ ]?${EMOJI})+`, 'gu')
const SYMBOL_RUN =
  /[★☆✔✓✅►▶▷●○◆◇■□♥❤♡♦♣♠✿❀♫♪➤➜❖✦✧⭐]{1,}(?:[ ]?[★☆✔✓✅►▶▷●○◆◇■□♥❤♡♦♣♠✿❀♫♪➤➜❖✦✧⭐])+/gu

function endsAtText(match: RegExpExecArray): TextSpan {
  const { start } = spanOf(match)
  return { start, end: start + match[0].trimEnd().length }
}

const emojiRun: HygieneRule = {
  id: 'junk/emoji-run',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'rows of emoji and ornaments: 😍😍🔥, ★★★',
  find(text) {
    const findings = [EMOJI_RUN, SYMBOL_RUN].flatMap((pattern) =>
      findAll(text, pattern, (match) => {
        const span = endsAtText(match)
        if (isReported(text, span.start)) return null
        const fix = deletion(text.text, span, 'Delete the ornaments')
        return { ...span, message: 'A row of ornaments tells nothing.', fix }
      }),
    )
    const sorted = findings.sort((a, b) => a.start - b.start || b.end - a.end)
    return sorted.filter((finding, index) => finding.start >= (sorted[index - 1]?.end ?? 0))
  },
}

export const SHAPE_RULES: readonly HygieneRule[] = [keywordList, allCaps, emojiRun]
