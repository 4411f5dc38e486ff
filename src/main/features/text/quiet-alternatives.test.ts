import { expect, it } from 'vitest'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { UnitFate } from '../../../shared/domain/fate.ts'
import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { quietAlternatives } from './quiet-alternatives.ts'

type Said = readonly [kind: TextUnit['kind'], lemma: string]

/** A text of which everything was dropped. */
function dropped(origin: AltOrigin, ...said: readonly Said[]) {
  const units = said.map(([kind, lemma]): TextUnit => ({
    ...{ kind, lemma, start: 0, end: 0, about: null, toward: null, sentence: 0 },
  }))
  const fates = units.map((_, unit): UnitFate => ({
    ...{ unit, fate: 'dropped', counterpart: null, asksReason: true },
  }))
  return { origin, units, fates }
}

/** What each text asks about. */
function asked(...texts: readonly ReturnType<typeof dropped>[]): readonly (readonly string[])[] {
  return quietAlternatives(texts).map(([{ units }, fates]) =>
    fates.flatMap(({ unit, asksReason }) => (asksReason ? [units[unit]?.lemma ?? ''] : [])),
  )
}

it('asks about all that the anchor lost, and of its alternatives about names alone', () => {
  expect(
    asked(
      dropped('alt', ['entity', 'bicycle'], ['entity', 'helmet']),
      dropped('alt', ['entity', 'backpack'], ['name', 'costa rica']),
      dropped('alt', ['entity', 'backpack'], ['quoted-text', 'stop']),
    ),
  ).toEqual([['bicycle', 'helmet'], ['costa rica'], ['stop']])
})

it('asks about texts of another kind as about the anchor', () => {
  expect(
    asked(dropped('alt', ['entity', 'bicycle']), dropped('title', ['entity', 'backpack'])),
  ).toEqual([['bicycle'], ['backpack']])
})

it('asks about a name once, at the text that a caption begins with', () => {
  expect(
    asked(
      dropped('file-name', ['name', 'costa rica']),
      dropped('title', ['name', 'costa rica'], ['name', 'ann']),
      dropped('web-caption', ['name', 'ann']),
    ),
  ).toEqual([[], ['costa rica', 'ann'], []])
})

it('leaves fates as they are, and what nobody asks about', () => {
  const text = dropped('alt', ['entity', 'bicycle'])
  const fates = text.fates.map((fate) => ({ ...fate, asksReason: false }))
  expect(quietAlternatives([text, { ...text, fates }]).map(([, found]) => found)).toEqual([
    text.fates,
    fates,
  ])
})
