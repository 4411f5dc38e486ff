import { expect, it } from 'vitest'
import type { Verdict } from '../../shared/contract/judgements.ts'
import type { UnitFate } from '../../shared/domain/fate.ts'
import type { TextUnit } from '../../shared/domain/text-unit.ts'
import { refineFates } from './anchor-fates.ts'

/** A verdict on words of a text. */
function judge(text: string, words: string, probability: number): Verdict {
  const start = text.indexOf(words)
  const status = probability > 0.8 ? 'supported' : probability < 0.2 ? 'unsupported' : 'unsure'
  const place = { kind: 'entity', start, end: start + words.length } as const
  return { ...place, status, probability, rival: null, reason: '', region: null }
}

const ALT = 'a red car and a firefighter'
const CAPTION = 'a green car'

const UNITS = ['red', 'car', 'firefighter'].map((words): TextUnit => {
  const start = ALT.indexOf(words)
  const place = { start, end: start + words.length, sentence: 0, about: null, toward: null }
  return { ...place, kind: 'entity', lemma: words }
})

const FATES: readonly UnitFate[] = [
  { unit: 0, fate: 'changed', counterpart: { start: 2, end: 7 }, asksReason: false },
  { unit: 1, fate: 'kept', counterpart: { start: 8, end: 11 }, asksReason: false },
  { unit: 2, fate: 'dropped', counterpart: null, asksReason: true },
]

/** Fates as "fate", with a question mark where a reason is asked for. */
function fatesOf(altVerdicts: readonly Verdict[], captionVerdicts: readonly Verdict[]) {
  return refineFates({ fates: FATES, units: UNITS, altVerdicts, captionVerdicts }).map(
    ({ fate, seen, asksReason }) => [fate, seen, asksReason ? '?' : null].filter(Boolean).join(' '),
  )
}

it('leaves fates as words alone have them where the picture was not looked at', () => {
  expect(fatesOf([], [])).toEqual(['changed', 'kept', 'dropped ?'])
  expect(fatesOf([], [judge(CAPTION, 'green', 0.5)])[0]).toBe('changed')
})

it('calls a change a correction where the new words are much likelier', () => {
  const now = [judge(CAPTION, 'green', 0.9)]
  expect(fatesOf([judge(ALT, 'red', 0.5)], now)[0]).toBe('corrected')
  expect(fatesOf([judge(ALT, 'red', 0.7)], now)[0]).toBe('changed shown')
  expect(fatesOf([judge(ALT, 'red', 0.1)], [judge(CAPTION, 'green', 0.2)])[0]).toBe('changed')
})

it('calls nothing a correction that the picture does not show either', () => {
  const wrong: Verdict = { ...judge(CAPTION, 'green', 0.4), status: 'unsupported' }
  expect(fatesOf([judge(ALT, 'red', 0.05)], [wrong])[0]).toBe('changed not-shown')
})

it('tells changes to what the picture does not support from others', () => {
  expect(fatesOf([], [judge(CAPTION, 'green', 0.1)])[0]).toBe('changed not-shown')
  expect(fatesOf([judge(ALT, 'red', 0.7)], [judge(CAPTION, 'green', 0.3)])[0]).toBe(
    'changed not-shown',
  )
})

it('asks nobody why something was dropped that the picture does not show', () => {
  expect(fatesOf([judge(ALT, 'firefighter', 0.1)], [])[2]).toBe('dropped not-shown')
  expect(fatesOf([judge(ALT, 'firefighter', 0.9)], [])[2]).toBe('dropped shown ?')
})
