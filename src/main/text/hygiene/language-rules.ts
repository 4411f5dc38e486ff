import { replacement } from '../../../shared/domain/text-fix.ts'
import { findAll, isReported, spanOf } from './matching.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'

/** Languages that the detector cannot hold apart, and other codes of one. */
const SAME: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  id: 'ms',
  bs: 'hr',
  iw: 'he',
  fil: 'tl',
}
const nameOf = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

function plainCode(code: string): string {
  const plain = code.toLowerCase().split(/[-_]/u)[0] ?? code
  return SAME[plain] ?? plain
}

function languageName(code: string): string {
  return /^[a-z]{2,3}$/u.test(code) ? (nameOf.of(code) ?? code) : code
}

const unexpected: HygieneRule = {
  id: 'language/unexpected',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'a text in another language than the one the project wants',
  find(text) {
    const { code, isReliable } = text.language
    if (text.expectedLanguage === null || code === null || !isReliable) return []
    const expected = plainCode(text.expectedLanguage)
    if (plainCode(code) === expected) return []
    const start = text.text.length - text.text.trimStart().length
    const end = text.text.trimEnd().length
    const message = `This reads as ${languageName(code)}, not as ${languageName(expected)}.`
    return [{ start, end, message, fix: null }]
  },
}

/** Cyrillic and Greek letters that look like Latin ones. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Array.from(
    'аaеeоoрpсcхxуyіiѕsјjԁdАAВBЕEЗ3КKМMНHОOРPСCТTУYХXІIЅSЈJΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv',
  )
    .reduce<string[][]>((pairs, character, index, all) => {
      if (index % 2 === 0) pairs.push([character, all[index + 1] ?? ''])
      return pairs
    }, [])
    .map(([from, to]) => [from ?? '', to ?? ''] as const),
)
const MIXED_WORD =
  /(?<![\p{L}\p{M}])(?:\p{Script=Latin}{1,64}(?=[\p{Script=Cyrillic}\p{Script=Greek}])|[\p{Script=Cyrillic}\p{Script=Greek}]{1,64}(?=\p{Script=Latin}))[\p{L}\p{M}]{1,64}(?![\p{L}\p{M}])/gu

function asLatin(word: string): string | null {
  const letters = Array.from(word, (letter) => {
    if (/[\p{Script=Latin}\p{M}]/u.test(letter)) return letter
    return LOOK_ALIKES.get(letter) ?? null
  })
  return letters.includes(null) ? null : letters.join('')
}

/** "μm" and "Δt" are units and symbols, not slips. */
function isSymbol(word: string): boolean {
  return /^\p{Script=Greek}\p{Script=Latin}{1,3}$|^\p{Script=Latin}{1,2}\p{Script=Greek}$/u.test(
    word,
  )
}

const mixedScript: HygieneRule = {
  id: 'language/mixed-script',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'words that mix Latin letters with Cyrillic or Greek ones that look the same',
  find: (text) =>
    findAll(text, MIXED_WORD, (match) => {
      if (isSymbol(match[0])) return null
      const span = spanOf(match)
      const latin = asLatin(match[0])
      const fix =
        latin === null ? null : replacement(span, latin, `Write “${latin}” in Latin letters`)
      return { ...span, message: 'Letters of two scripts are mixed in one word.', fix }
    }),
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
  'Hangul',
] as const
const SCRIPT_RUNS = SCRIPTS.map(
  (name) =>
    [
      name,
      new RegExp(`\\p{Script=${name}}+(?:[^\\p{L}]{1,8}\\p{Script=${name}}+)*`, 'gu'),
    ] as const,
)
const EAST_ASIAN =
  /[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}]+(?:[^\p{L}]{1,8}[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}]+)*/gu
const MIN_LETTERS = 20
const MIN_MINOR_LETTERS = 4
const MIN_SHARE = 0.15

function countLetters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

/** Scripts of Japanese and of Korean with Chinese characters go together. */
const twoScripts: HygieneRule = {
  id: 'language/two-scripts',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'a part of the text in another script than the rest',
  find(text) {
    const letters = countLetters(text.text)
    if (letters < MIN_LETTERS) return []
    const runs = [...SCRIPT_RUNS, ['Chinese or Japanese', EAST_ASIAN] as const]
      .map(([name, pattern]) => {
        const spans = Array.from(text.text.matchAll(pattern), spanOf).filter(
          ({ start }) => !isReported(text, start),
        )
        const count = spans.reduce(
          (sum, { start, end }) => sum + countLetters(text.text.slice(start, end)),
          0,
        )
        return { name, spans, count }
      })
      .sort((a, b) => b.count - a.count)
    const minor = runs[1]
    if (minor === undefined || minor.count < MIN_MINOR_LETTERS) return []
    if (minor.count / letters < MIN_SHARE) return []
    const message = `A part is written in ${minor.name} letters, the rest in ${runs[0]?.name ?? 'others'}.`
    return minor.spans.map((span) => ({ ...span, message, fix: null }))
  },
}

export const LANGUAGE_RULES: readonly HygieneRule[] = [unexpected, mixedScript, twoScripts]
