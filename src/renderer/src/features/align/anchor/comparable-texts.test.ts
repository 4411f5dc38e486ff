import { expect, it } from 'vitest'
import type { AltTextAnalysis, TextAnalysis } from '../../../../../shared/contract/text.ts'
import type { AltTextId } from '../../../../../shared/domain/ids.ts'
import { comparableTexts } from './comparable-texts.ts'

const TEXT = { units: [], hygiene: [] }

function altText(code: string | null, isReliable = true): AltTextAnalysis {
  return {
    ...{ ...TEXT, altTextId: 1 as AltTextId, language: { code, isReliable } },
    fates: [{ unit: 0, fate: 'dropped', counterpart: null, asksReason: true }],
    metrics: { entityRecall: 0, specificityLoss: 0, copyRate: 0 },
  }
}

function fatesIn(code: string | null, ...altTexts: readonly AltTextAnalysis[]): readonly number[] {
  const caption = { ...TEXT, language: { code, isReliable: true }, budgets: [] }
  const analysis: TextAnalysis = { altTexts: [...altTexts], caption }
  return comparableTexts(analysis).altTexts.map(({ fates }) => fates.length)
}

it('tells nothing of alt-texts in another language than the caption', () => {
  expect(fatesIn('de', altText('en'), altText('de'))).toEqual([0, 1])
})

it('compares where a language is a guess or unknown', () => {
  expect(fatesIn('de', altText('en', false), altText(null))).toEqual([1, 1])
  expect(fatesIn(null, altText('en'))).toEqual([1])
})
