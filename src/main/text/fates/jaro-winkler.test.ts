import { describe, expect, it } from 'vitest'
import { jaroWinkler } from './jaro-winkler.ts'

describe('jaroWinkler', () => {
  // The examples of Winkler's paper of 1990.
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
    ['same', 'same', 1],
    ['abc', 'xyz', 0],
    ['', 'abc', 0],
  ])('%s and %s', (one, other, likeness) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(likeness, 4)
    expect(jaroWinkler(other, one)).toBeCloseTo(likeness, 4)
  })
})
