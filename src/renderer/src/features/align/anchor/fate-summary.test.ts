import { expect, it } from 'vitest'
import type { AltTextAnalysis } from '../../../../../shared/contract/text.ts'
import type { AltTextId } from '../../../../../shared/domain/ids.ts'
import { countFates, describeFates } from './fate-summary.ts'

const ALT_TEXT = 'Four large dogs'
const CAPTION = 'Two dogs'
const unit = (start: number, end: number) => ({
  ...{ start, end, kind: 'entity' as const, lemma: '' },
  ...{ about: null, toward: null, sentence: 0 },
})

const ANALYSIS: AltTextAnalysis = {
  altTextId: 1 as AltTextId,
  units: [unit(0, 4), unit(5, 10), unit(11, 15)],
  fates: [
    { unit: 0, fate: 'changed', counterpart: { start: 0, end: 3 }, asksReason: false },
    { unit: 1, fate: 'dropped', counterpart: null, asksReason: false },
    { unit: 2, fate: 'kept', counterpart: { start: 4, end: 8 }, asksReason: false },
  ],
  hygiene: [],
  language: { code: 'en', isReliable: true },
  metrics: { entityRecall: null, specificityLoss: 0, copyRate: 0 },
}

it('counts each fate over all alt-texts, what is lost first', () => {
  expect(countFates([ANALYSIS, ANALYSIS])).toEqual([
    { fate: 'dropped', count: 2 },
    { fate: 'changed', count: 2 },
    { fate: 'kept', count: 2 },
  ])
  expect(countFates([])).toEqual([])
})

it('tells what the picture shows from what it does not', () => {
  const fates = ANALYSIS.fates.map((fate) => ({ ...fate, seen: 'not-shown' as const }))
  expect(countFates([{ ...ANALYSIS, fates }]).map(({ fate }) => fate)).toEqual([
    'changed-unsupported',
    'dropped-not-visible',
    'kept',
  ])
})

it('tells in words what became of an alt-text', () => {
  expect(describeFates(ANALYSIS, { altText: ALT_TEXT, caption: CAPTION })).toBe(
    'dropped: large; changed: Four (Two)',
  )
})
