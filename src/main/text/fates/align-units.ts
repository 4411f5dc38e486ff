import type { TextSpan, TextUnit } from '../../../shared/domain/text-unit.ts'
import { countWords } from '../../../shared/domain/word-diff.ts'
import {
  areOfOneSort,
  areRivalQualities,
  compareUnits,
  groupOf,
  type Likeness,
  type UnitGroup,
} from './compare-units.ts'
import { assign } from './hungarian.ts'
import { readChanges, stretchesOf, type Stretch } from './text-changes.ts'

/** What answers a unit of the first text in the second. */
export interface Answer {
  readonly how: Likeness['how']
  readonly counterpart: TextSpan
  /** Index of the second text's unit; null where its words are there but were read otherwise. */
  readonly unit: number | null
}

export interface TextSide {
  readonly text: string
  readonly units: readonly TextUnit[]
}

/** Things first: what is said of a thing is compared with what is said of its counterpart. */
const GROUPS: readonly UnitGroup[] = ['thing', 'quality', 'count', 'happening', 'not-checkable']

/** Above this many pairs the best assignment takes too long; equal units are then paired in order. */
const MAX_PAIRS = 40_000
/** Worth of a pair that only stands in the same place. */
const SLOT_WORTH = 0.4
const NEAR_BONUS = 0.02
const LINK_BONUS = 0.04
/** In longer rewrites the same stretch says nothing about the same place. */
const LONGEST_SLOT_WORDS = 6
/** Words beside a thing in such a stretch, like an article: with more of them, another word may have taken its place. */
const WORDS_BESIDE = 3
/** A pair that is said of things that are known to differ. */
const ASTRAY: Likeness = { worth: 0, how: 'changed' }

/**
 * Finds for each unit of a text what answers it in another text; null where nothing does. First the word diff tells
 * what stands in the same place, then an optimal assignment in each group of kinds decides.
 */
export function alignUnits(before: TextSide, after: TextSide): (Answer | null)[] {
  const aligner = createAligner(before, after)
  for (const group of GROUPS) aligner.alignGroup(group)
  return aligner.finish()
}

function createAligner(before: TextSide, after: TextSide) {
  const stretches = readChanges(before.text, after.text)
  const beforeStretch = stretchesOf(before.units, stretches, 'before')
  const afterStretch = stretchesOf(after.units, stretches, 'after')
  // A text that has no word of the other was not edited, and nothing of it took the place of anything.
  const isEdit = stretches.some(
    ({ isSame, after: { start, end } }) => isSame && countWords(after.text.slice(start, end)) > 0,
  )
  const thingsIn = (units: readonly TextUnit[], at: readonly number[], stretch: number) =>
    units.filter((unit, index) => groupOf(unit) === 'thing' && at[index] === stretch)
  const slots = stretches.map((stretch, index) => {
    const slot = slotOf(stretch, before.text, after.text)
    const things = [
      thingsIn(before.units, beforeStretch, index),
      thingsIn(after.units, afterStretch, index),
    ]
    const isOneForOne =
      isEdit && things.every(([thing, ...more]) => thing?.kind === 'entity' && more.length === 0)
    return slot === null ? null : { ...slot, isOneForOne }
  })
  const answers: (Answer | null)[] = before.units.map(() => null)
  const pairs = new Map<number, number>()
  const taken = new Set<number>()

  const pair = (one: number, other: number, how: Likeness['how']) => {
    const unit = after.units[other]
    if (unit === undefined) return
    answers[one] = { how, counterpart: { start: unit.start, end: unit.end }, unit: other }
    pairs.set(one, other)
    taken.add(other)
  }

  /** Worth of a pair with its surroundings: the same place, and the same thing that it is said of. */
  const likenessAt = (one: number, other: number): Likeness => {
    const [unit, rival] = [before.units[one], after.units[other]]
    if (unit === undefined || rival === undefined) return ASTRAY
    const stretch = beforeStretch[one]
    const isNear = stretch === afterStretch[other]
    const slot = isNear ? (slots[stretch ?? 0] ?? null) : null
    const link = linkOf(unit, rival, { pairs, taken, units: after.units })
    const likeness = compareUnits(unit, rival)
    // "Two" and "several" only agree when they count the same thing.
    const isVague = likeness.worth > 0 && likeness.worth < 1
    if (groupOf(unit) === 'count' && isVague && link !== 'same') return ASTRAY
    if (likeness.worth === 0) return slotLikeness({ unit, rival, slot, link })
    if (link === 'other') return groupOf(unit) === 'happening' ? weaken(likeness) : ASTRAY
    const bonus = (isNear ? NEAR_BONUS : 0) + (link === 'same' ? LINK_BONUS : 0)
    return { ...likeness, worth: likeness.worth + bonus }
  }

  return {
    alignGroup(group: UnitGroup) {
      const indexes = (units: readonly TextUnit[]) =>
        units.flatMap((unit, index) => (groupOf(unit) === group ? [index] : []))
      const rows = indexes(before.units)
      const columns = indexes(after.units)
      if (rows.length * columns.length > MAX_PAIRS) {
        for (const [one, other] of pairInOrder(rows, columns, before.units, after.units))
          pair(one, other, 'kept')
        return
      }
      const table = rows.map((one) => columns.map((other) => likenessAt(one, other)))
      assign(table.map((row) => row.map(({ worth }) => worth))).forEach((column, row) => {
        const one = rows[row]
        const other = column === null ? undefined : columns[column]
        const how = column === null ? undefined : table[row]?.[column]?.how
        if (one !== undefined && other !== undefined && how !== undefined) pair(one, other, how)
      })
    },
    finish(): (Answer | null)[] {
      const places = findWords(before, after, { stretches, beforeStretch })
      const found = answers.map((answer, index) => answer ?? places[index] ?? null)
      const said = repeatedAnswers(before.units, found)
      return found.map((answer, index) => answer ?? said(index))
    },
  }
}

/** Whether two units are said of counterparts, of things that are known to differ, or nobody can tell. */
function linkOf(
  unit: TextUnit,
  rival: TextUnit,
  of: {
    readonly pairs: ReadonlyMap<number, number>
    readonly taken: ReadonlySet<number>
    readonly units: readonly TextUnit[]
  },
): 'same' | 'other' | 'unknown' {
  if (unit.about === null || rival.about === null) return 'unknown'
  const counterpart = of.pairs.get(unit.about)
  if (counterpart === rival.about) return 'same'
  if (of.taken.has(rival.about)) return 'other'
  if (counterpart === undefined) return 'unknown'
  // "Four rocks lie there. A fish swims above the rocks": both mentions are of the same ones.
  return of.units[counterpart]?.lemma === of.units[rival.about]?.lemma ? 'same' : 'other'
}

/** True where both units fill the stretches that replace each other. */
function fillsSlot(unit: TextUnit, rival: TextUnit, slot: Slot): boolean {
  const beside = ({ lemma }: TextUnit, words: number) => words - lemma.split(' ').length
  return (
    beside(unit, slot.beforeWords) <= WORDS_BESIDE && beside(rival, slot.afterWords) <= WORDS_BESIDE
  )
}

/** A short stretch of one text that a short stretch of the other replaces. */
function slotOf(
  { isSame, before, after }: Stretch,
  old: string,
  text: string,
): Omit<Slot, 'isOneForOne'> | null {
  if (isSame || before.end - before.start > 200 || after.end - after.start > 200) return null
  const beforeWords = countWords(old.slice(before.start, before.end))
  const afterWords = countWords(text.slice(after.start, after.end))
  const isShort = Math.max(beforeWords, afterWords) <= LONGEST_SLOT_WORDS
  return isShort && beforeWords > 0 && afterWords > 0 ? { beforeWords, afterWords } : null
}

interface Slot {
  readonly beforeWords: number
  readonly afterWords: number
  /** Whether one thing went and one came: then they need not be of one sort, as two among several have to. */
  readonly isOneForOne: boolean
}

/** Two units that say different things in the same place, or in the same respect of the same thing. */
function slotLikeness({
  unit,
  rival,
  slot,
  link,
}: {
  unit: TextUnit
  rival: TextUnit
  slot: Slot | null
  link: 'same' | 'other' | 'unknown'
}): Likeness {
  const changed: Likeness = { worth: SLOT_WORTH, how: 'changed' }
  switch (groupOf(unit)) {
    case 'thing':
      // A name and whatever word took its place may have nothing to do with each other: then it was dropped.
      if (unit.kind === 'name' && rival.kind === 'entity') return ASTRAY
      return slot !== null &&
        fillsSlot(unit, rival, slot) &&
        (slot.isOneForOne || areOfOneSort(unit, rival))
        ? { worth: SLOT_WORTH, how: thingSlot(unit, rival) }
        : ASTRAY
    case 'quality': {
      const areRivals = areRivalQualities(unit.lemma, rival.lemma)
      if (link === 'same' && areRivals) return { ...changed, worth: SLOT_WORTH + LINK_BONUS }
      return slot !== null && areRivals && link !== 'other' ? changed : ASTRAY
    }
    case 'count':
      if (unit.lemma.endsWith(' of') !== rival.lemma.endsWith(' of')) return ASTRAY
      return link === 'same' || (slot !== null && link !== 'other') ? changed : ASTRAY
    case 'happening':
      return slot !== null && link === 'same' && unit.kind === rival.kind ? changed : ASTRAY
    case 'not-checkable':
      return ASTRAY
  }
}

/** "A dog" that became "Rex" was made more exact, whatever WordNet knows of Rex. */
function thingSlot(unit: TextUnit, rival: TextUnit): Likeness['how'] {
  return unit.kind === 'entity' && rival.kind === 'name' ? 'specialised' : 'changed'
}

function weaken(likeness: Likeness): Likeness {
  return { ...likeness, worth: likeness.worth / 2 }
}

/** A text that says a thing twice has kept both when the other says it once. */
function repeatedAnswers(units: readonly TextUnit[], answers: readonly (Answer | null)[]) {
  const keyOf = (unit: TextUnit) => {
    const about = unit.about === null ? '' : (units[unit.about]?.lemma ?? '')
    return `${groupOf(unit)}\n${unit.lemma}\n${about}`
  }
  const known = new Map<string, Answer>()
  units.forEach((unit, index) => {
    const answer = answers[index]
    if (answer?.how === 'kept') known.set(keyOf(unit), answer)
  })
  return (index: number): Answer | null => {
    const unit = units[index]
    return unit === undefined ? null : (known.get(keyOf(unit)) ?? null)
  }
}

/** Pairs equal lemmas in the order of the texts. */
function* pairInOrder(
  rows: readonly number[],
  columns: readonly number[],
  before: readonly TextUnit[],
  after: readonly TextUnit[],
): Generator<readonly [number, number]> {
  const waiting = Map.groupBy([...columns].reverse(), (column) => after[column]?.lemma ?? '')
  for (const row of rows) {
    const column = waiting.get(before[row]?.lemma ?? '')?.pop()
    if (column !== undefined) yield [row, column]
  }
}

/** Units without an answer whose words the diff kept: they are there, only read otherwise in the other sentence. */
function findWords(
  before: TextSide,
  after: TextSide,
  { stretches, beforeStretch }: { stretches: readonly Stretch[]; beforeStretch: readonly number[] },
): (Answer | null)[] {
  const lower = after.text.toLowerCase()
  const present = new Set(lower.match(/[\p{L}\p{N}]+/gu))
  const isSameLength = lower.length === after.text.length
  return before.units.map((unit, index) => {
    const stretch = stretches[beforeStretch[index] ?? 0]
    if (stretch?.isSame === true && unit.end <= stretch.before.end) {
      const start = unit.start - stretch.before.start + stretch.after.start
      const counterpart = { start, end: start + unit.end - unit.start }
      return { how: 'kept', counterpart, unit: null }
    }
    if (!isSameLength || groupOf(unit) !== 'thing') return null
    const words = before.text.slice(unit.start, unit.end).toLowerCase()
    const isPossible = (words.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => present.has(word))
    const start = isPossible ? findWhole(lower, words) : -1
    if (start < 0) return null
    return { how: 'kept', counterpart: { start, end: start + words.length }, unit: null }
  })
}

/** Where words stand as whole words; -1 where they do not. */
function findWhole(text: string, words: string): number {
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(text[at] ?? '')
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!isLetter(at - 1) && !isLetter(at + words.length)) return at
  return -1
}
