import { describe, expect, it } from 'vitest'
import type { PackText } from '../../shared/domain/pack.ts'
import { EVERY_FOIL, foilBudgetOf, withinBudget } from './foil-budget.ts'
import { plannedUnit } from './planned-unit.fixture.ts'

const SHORT = { window: 77, padding: 'longest', padId: 0, endId: 1, prefix: '' } as const

function budgetOf(
  megabytes: number,
  how: { text?: PackText; dataMegabytes?: number; hasTable?: boolean } = {},
) {
  const { text = SHORT, dataMegabytes = 0, hasTable = false } = how
  const file = (role: 'text-graph' | 'data' | 'image-graph', path: string, size: number) => ({
    ...{ role, path, sizeBytes: size * 1e6, sha256: '' },
  })
  const files = [
    file('image-graph', 'onnx/vision_model.onnx', 5_000),
    file('text-graph', 'onnx/text_model.onnx', megabytes),
    file('data', 'onnx/text_model.onnx_data', dataMegabytes),
  ]
  return foilBudgetOf({ files, text }, { hasTable })
}

describe('foilBudgetOf', () => {
  it('asks all foils of a small encoder, and of larger ones the random tier first no longer', () => {
    expect(budgetOf(3)).toEqual(EVERY_FOIL)
    const { choice } = budgetOf(254)
    expect(choice).toEqual({ ...EVERY_FOIL.choice, popular: 2, random: 0 })
  })

  it('asks fewest where each phrase is filled up to the window, or the weights lie beside a small graph', () => {
    const padded = budgetOf(440, { text: { ...SHORT, window: 64, padding: 'window' } })
    expect(padded.choice.adversarial).toBeLessThan(budgetOf(254).choice.adversarial)
    expect(padded.words.adversarial).toBeGreaterThan(0)
    expect(budgetOf(1, { dataMegabytes: 1_400 })).toEqual(padded)
  })

  it('saves no foil that decides where a table was made with all of them', () => {
    const measured = budgetOf(254, { hasTable: true })
    expect(measured.choice).toEqual(EVERY_FOIL.choice)
    expect(measured.words.adversarial).toBeLessThan(EVERY_FOIL.words.adversarial)
  })
})

it('withinBudget keeps the first foils of each tier, by what the verdict goes by', () => {
  const foil = (words: string, tier: 'adversarial' | 'popular' | 'random') => ({
    ...{ words, phrase: `a ${words}`, tier },
  })
  const unit = plannedUnit({
    foils: [
      foil('wolf', 'adversarial'),
      foil('fox', 'adversarial'),
      foil('car', 'popular'),
      foil('moon', 'random'),
    ],
  })
  const budget = {
    choice: { adversarial: 2, popular: 1, random: 0 },
    words: { adversarial: 1, popular: 0, random: 0 },
  }
  const wordsOf = (wanted: 'swap' | 'reg') =>
    withinBudget([unit], budget, () => new Set([wanted])).flatMap(({ foils }) =>
      foils.map(({ words }) => words),
    )
  expect(wordsOf('swap')).toEqual(['wolf', 'fox', 'car'])
  expect(wordsOf('reg')).toEqual(['wolf'])
  expect(withinBudget([unit], EVERY_FOIL, () => new Set())[0]?.foils).toEqual(unit.foils)
})
