import type { PlannedUnit } from '../../shared/domain/check-plan.ts'

/** A unit for tests, "poodle" of "A poodle." where nothing else is said. */
export function plannedUnit(some: Partial<PlannedUnit> = {}): PlannedUnit {
  const words = some.words ?? 'poodle'
  const start = some.start ?? 2
  return {
    ...{ kind: 'entity', claim: 'object', words, start, end: start + words.length },
    phrase: `a ${words}`,
    foils: [],
    sentence: { start: 0, end: start + words.length, text: `A ${words}`, without: 'A' },
    ...{ thing: null, other: null, thingPhrase: null, count: null, hues: [], spatial: null },
    ...{ leaning: null, places: { thing: null, other: null } },
    ...some,
  }
}
