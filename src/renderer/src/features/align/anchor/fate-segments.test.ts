import { expect, it } from 'vitest'
import type { Fate } from '../../../../../shared/domain/fate.ts'
import type { TextUnit } from '../../../../../shared/domain/text-unit.ts'
import { cutIntoSegments } from './fate-segments.ts'

const TEXT = 'two red trucks, Lima'

const unit = (words: string): TextUnit => ({
  kind: 'entity',
  lemma: words,
  about: null,
  toward: null,
  sentence: 0,
  start: TEXT.indexOf(words),
  end: TEXT.indexOf(words) + words.length,
})
const fate = (index: number, name: Fate) => ({
  unit: index,
  fate: name,
  counterpart: null,
  asksReason: false,
})

it('shows the innermost unit and loses no character', () => {
  const units = [unit('two red trucks'), unit('red'), unit('Lima')]
  const fates = [fate(0, 'kept'), fate(1, 'dropped'), fate(2, 'changed')]
  const segments = cutIntoSegments(TEXT, units, fates)
  expect(segments.map(({ text, fate: shown }) => [text, shown?.fate ?? null])).toEqual([
    ['two ', 'kept'],
    ['red', 'dropped'],
    [' trucks', 'kept'],
    [', ', null],
    ['Lima', 'changed'],
  ])
  expect(segments.map(({ text }) => text).join('')).toBe(TEXT)
})

it('leaves a text without units whole', () => {
  expect(cutIntoSegments(TEXT, [], [])).toEqual([{ text: TEXT, start: 0, fate: null }])
})
