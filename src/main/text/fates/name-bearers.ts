import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { getWordNet } from '../lexicon/language.ts'
import type { TextSide } from './align-units.ts'
import { compareUnits } from './compare-units.ts'

/** What may stand between a thing and the name that it is given: "the dog Rex", "a dog named Rex". */
const BEFORE_NAME = /^\s+(?:(?:named|called)\s+)?[“"'‘]?$/iu
/** And after it: "Rex the dog", "a Ford truck". */
const AFTER_NAME = /^[”"'’]?\s+(?:the\s+)?$/iu
const PLACE_DOMAIN = 15
const MOST_SENSES = 8

interface NameAt {
  readonly side: TextSide
  /** Index of the name among the units. */
  readonly name: number
}

/**
 * Whether a second text gives a name to another thing than the first: both say whose it is, the two things are neither
 * the same nor of one kind, and the thing that had it is still there without it. Names of places go with anything.
 */
export function isGivenToAnother(before: NameAt, after: NameAt): boolean {
  const name = before.side.units[before.name]
  if (name === undefined || isPlace(name.lemma)) return false
  const had = bearersOf(before)
  const has = bearersOf(after)
  if (had.length === 0 || has.length === 0) return false
  if (had.some((one) => has.some((other) => areAlike(one, other)))) return false
  const others = after.side.units.filter(
    (unit) => (unit.kind === 'entity' || unit.kind === 'attribute') && !has.includes(unit),
  )
  return had.every((one) => others.some((other) => areAlike(one, other)))
}

/** The words for things right before and after a name. Before a name the parser may have read them as its attribute. */
function bearersOf({ side: { text, units }, name }: NameAt): readonly TextUnit[] {
  const named = units[name]
  if (named === undefined) return []
  return units.filter(({ kind, start, end, about }) => {
    const isThing = kind === 'entity' || (kind === 'attribute' && about === name)
    if (!isThing) return false
    if (end <= named.start) return BEFORE_NAME.test(text.slice(end, named.start))
    return kind === 'entity' && start >= named.end && AFTER_NAME.test(text.slice(named.end, start))
  })
}

function areAlike(one: TextUnit, other: TextUnit): boolean {
  return compareUnits({ ...one, kind: 'entity' }, { ...other, kind: 'entity' }).worth > 0
}

function isPlace(lemma: string): boolean {
  return getWordNet()
    .senses(lemma, 'noun', MOST_SENSES)
    .some(({ domain }) => domain === PLACE_DOMAIN)
}
