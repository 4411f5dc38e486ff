import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { getWordNet } from '../lexicon/language.ts'
import { VEHICLE_MAKES } from '../lexicon/word-lists.ts'
import type { TextSide } from './align-units.ts'
import { compareUnits } from './compare-units.ts'

/** What says that the thing before it bears a name: "a dog named Rex". */
const CALLED = /\b(?:named|called)\s+[“"'‘]?$/iu
/** What may stand between a thing and the name that it is given: "the dog Rex", "a dog named Rex". */
const BEFORE_NAME = /^\s+(?:(?:named|called)\s+)?[“"'‘]?$/iu
/** And after it: "Rex the dog", "a Ford truck". */
const AFTER_NAME = /^[”"'’]?\s+(?:the\s+)?$/iu
/** And between a name and what it owns: "Anna's (blue) whale". */
const OWNS = /^[’']s?\s+$/u
const PLACE_DOMAIN = 15
const MOST_SENSES = 8

interface NameAt {
  readonly side: TextSide
  /** Index of the name among the units. */
  readonly name: number
}

/**
 * Whether a second text gives a name to another thing than the first: both say whose it is, the two things are neither
 * the same nor of one kind, and the thing that had it is still there without it. Names of places go with anything, but
 * for makes and for what is said to be called so.
 */
export function isGivenToAnother(before: NameAt, after: NameAt): boolean {
  const name = before.side.units[before.name]
  if (name === undefined) return false
  if (isPlace(name.lemma) && !isCalledSo(before) && !isCalledSo(after)) return false
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
  return units.filter(({ kind, start, end, about }, index) => {
    const isThing = kind === 'entity' || (kind === 'attribute' && about === name)
    if (!isThing) return false
    if (end <= named.start) return BEFORE_NAME.test(text.slice(end, named.start))
    if (kind !== 'entity' || start < named.end) return false
    if (AFTER_NAME.test(text.slice(named.end, start))) return true
    const said = units.filter((unit) => unit.about === index && SAID_BEFORE.has(unit.kind))
    const phrase = Math.min(start, ...said.map((unit) => unit.start))
    return phrase >= named.end && OWNS.test(text.slice(named.end, phrase))
  })
}

/** What stands between an article, or the one who owns it, and a thing. */
const SAID_BEFORE: ReadonlySet<TextUnit['kind']> = new Set(['attribute', 'count'])

function isCalledSo({ side: { text, units }, name }: NameAt): boolean {
  const start = units[name]?.start ?? 0
  return CALLED.test(text.slice(0, start))
}

function areAlike(one: TextUnit, other: TextUnit): boolean {
  return compareUnits({ ...one, kind: 'entity' }, { ...other, kind: 'entity' }).worth > 0
}

/** Toyota is a city, too, but nobody means it. */
function isPlace(lemma: string): boolean {
  if (VEHICLE_MAKES.has(lemma)) return false
  return getWordNet()
    .senses(lemma, 'noun', MOST_SENSES)
    .some(({ domain }) => domain === PLACE_DOMAIN)
}
