import { expect, it } from 'vitest'
import { analyseTexts } from './analysis.ts'
import { measureRevision } from './revision-measures.ts'

const ENGLISH = 'A brown dog lies beside an old sofa in the garden of the house.'
const GERMAN = 'Ein brauner Hund liegt neben einem alten Sofa im Garten des Hauses.'

const fatesOf = (caption: string, text: string): number =>
  analyseTexts({ caption, altTexts: [{ text, reasons: [] }] }).altTexts[0]?.fates.length ?? -1

it('tells nothing of an alt-text in another language than the caption', () => {
  expect(fatesOf(GERMAN, ENGLISH)).toBe(0)
  expect(fatesOf(ENGLISH, ENGLISH)).toBeGreaterThan(3)
})

it('compares where a text is too short to tell its language', () => {
  expect(fatesOf(GERMAN, 'a dog')).toBe(1)
})

it('measures nothing of what a translation kept', () => {
  const measured = measureRevision({ text: GERMAN, anchor: ENGLISH, before: ENGLISH, reasons: [] })
  expect(measured).toMatchObject({ entityRecall: null, copyRate: null, fates: {} })
  expect(measured.edit).toBeGreaterThan(0.5)
})
