import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findHygieneMarks } from './find-hygiene-marks.ts'
import { applyFix } from '../../../shared/domain/text-fix.ts'
import type { HygieneRole } from './rule-text.ts'
import { HYGIENE_RULES } from './rules.ts'

/** `text` holds the expected mark between ⟦ and ⟧ and becomes `fixed` (null: no fix); `fine` must stay unmarked. */
interface Case {
  readonly rule: string
  readonly role: HygieneRole
  readonly expectedLanguage?: string
  readonly text?: string
  readonly fixed?: string | null
  readonly fine?: string
}

/** Rules that people meet every day, which need more cases. */
const DAILY = new Set([
  'junk/camera-name',
  'junk/file-name',
  'junk/web-address',
  'junk/hashtag',
  'junk/html-entity',
  'junk/mojibake',
  'junk/click-hint',
  'junk/stock-site',
  'junk/picture-of',
  'junk/credit',
  'junk/shop-talk',
  'junk/price',
  'junk/keyword-list',
  'junk/all-caps',
  'caption/opener',
  'caption/mood',
  'caption/hedge',
  'caption/meta',
  'caption/unfinished',
  'private/mail',
  'private/phone',
  'private/person-name',
  'repetition/doubled-word',
  'structure/article',
  'structure/space-before-mark',
])

const folder = join(import.meta.dirname, 'corpus')
const cases = readdirSync(folder).flatMap((name) =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case),
)

function marksOf(
  text: string,
  {
    rule,
    role,
    expectedLanguage = null,
  }: Pick<Case, 'rule' | 'role'> & { expectedLanguage?: string | null },
) {
  return findHygieneMarks(text, { role, expectedLanguage }).filter(({ ruleId }) => ruleId === rule)
}

/** The first marked stretch of a case's text, and the text without all its markers. */
function readMarked(marked: string) {
  const start = marked.indexOf('⟦')
  const end = marked.indexOf('⟧') - 1
  return { text: marked.replaceAll(/[⟦⟧]/gu, ''), start, end }
}

describe.each(HYGIENE_RULES)('$id', ({ id }) => {
  const own = cases.filter(({ rule }) => rule === id)
  const positives = own.filter((each) => each.text !== undefined)
  const negatives = own.filter((each) => each.fine !== undefined)

  test('has enough cases', () => {
    const wanted = DAILY.has(id) ? 15 : 5
    expect(Math.min(positives.length, negatives.length)).toBeGreaterThanOrEqual(wanted)
  })

  test.each(positives)('finds $text', (each) => {
    const { text, start, end } = readMarked(each.text ?? '')
    const found = marksOf(text, each)
    expect(found.map((mark) => text.slice(mark.start, mark.end))).toContain(text.slice(start, end))
    const mark = found.find((candidate) => candidate.start === start && candidate.end === end)
    expect(mark).toBeDefined()
    const fixed = mark?.fix == null ? null : applyFix(text, mark.fix)
    expect(fixed).toBe(each.fixed ?? null)
  })

  test.each(negatives)('leaves $fine', (each) => {
    expect(marksOf(each.fine ?? '', each)).toEqual([])
  })
})

test('every case names a rule', () => {
  const ids = new Set(HYGIENE_RULES.map(({ id }) => id))
  expect(cases.filter(({ rule }) => !ids.has(rule))).toEqual([])
})
