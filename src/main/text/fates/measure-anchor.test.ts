import { describe, expect, it } from 'vitest'
import { findFates, type StatedReason } from './find-fates.ts'
import { measureAnchor } from './measure-anchor.ts'

function measure(altText: string, caption: string, reasons: readonly StatedReason[] = []) {
  const input = { altText, caption, boilerplate: [], reasons }
  return measureAnchor(input, findFates(input))
}

describe('measureAnchor', () => {
  it('recalls names, numbers and specific nouns only', () => {
    // Names: Anna kept, Lisbon dropped. Number: two kept. Specific: zebra kept. The chair does not count.
    const metrics = measure(
      'Two zebras and a chair beside Anna in Lisbon',
      'Two zebras and a person, Anna',
    )
    expect(metrics.entityRecall).toBe(3 / 4)
  })

  it('counts units that became vaguer', () => {
    // green, iguana, on, rock: one of four.
    expect(measure('a green iguana on a rock', 'A green lizard on a rock').specificityLoss).toBe(
      1 / 4,
    )
  })

  it('finds lazy copies by the longest run of words', () => {
    expect(measure('a brown dog on a bed', 'a brown dog on a bed').copyRate).toBe(1)
    // "a brown dog" of six words.
    expect(measure('a brown dog', 'Here sleeps a Brown dog, alone').copyRate).toBe(3 / 6)
  })

  it('leaves out what somebody called wrong', () => {
    const reasons = [{ words: 'zebra', occurrence: 0, reason: 'wrong' }] as const
    expect(measure('a zebra in Lisbon', 'Lisbon').entityRecall).toBe(1 / 2)
    expect(measure('a zebra in Lisbon', 'Lisbon', reasons).entityRecall).toBe(1)
  })

  it('has no number where there is nothing to count', () => {
    expect(measure('', '')).toEqual({ entityRecall: null, specificityLoss: null, copyRate: null })
    expect(measure('a chair', 'a chair').entityRecall).toBeNull()
  })
})
