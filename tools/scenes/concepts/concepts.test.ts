import { describe, expect, it } from 'vitest'
import { findIcon, iconName } from '../art.ts'
import { measureSprite } from '../measure.ts'
import { spriteRows } from '../sprites.ts'
import { VENDORS } from './concept.ts'
import { CONCEPTS } from './table.ts'

describe('the concept table', () => {
  it('has well over 300 concepts with different names', () => {
    expect(CONCEPTS.length).toBeGreaterThan(400)
    expect(new Set(CONCEPTS.map((concept) => concept.id)).size).toBe(CONCEPTS.length)
  })

  it('names only icons that exist, drawn by at least two vendors each', () => {
    for (const concept of CONCEPTS) {
      for (const vendor of VENDORS) {
        const override = concept.but[vendor]
        if (override) expect(findIcon(vendor, override), `${vendor} ${override}`).not.toBeNull()
      }
      const drawn = VENDORS.filter((vendor) => iconName(concept, vendor) !== null)
      expect(drawn.length, concept.id).toBeGreaterThanOrEqual(2)
    }
  })

  it('has a place for every concept and a plural that differs where it should', () => {
    for (const concept of CONCEPTS) {
      expect(concept.at.length).toBeGreaterThan(0)
      expect(concept.plural).not.toMatch(/ss$|mouses|foxs|leafs$|  /)
    }
  })
})

describe('sprites.jsonl', () => {
  it('knows exactly the sprites of the table (else run node tools/scenes/measure.ts)', () => {
    const expected = CONCEPTS.flatMap((concept) =>
      VENDORS.flatMap((vendor) => {
        const icon = iconName(concept, vendor)
        return icon === null ? [] : [`${concept.id} ${vendor} ${icon}`]
      }),
    )
    expect(spriteRows().map((row) => `${row.concept} ${row.vendor} ${row.icon}`)).toEqual(expected)
  })

  it('holds what measuring gives', async () => {
    const rows = spriteRows().filter((row, index) => index % 97 === 0 || row.concept === 'balloon')
    for (const row of rows) {
      const concept = CONCEPTS.find((candidate) => candidate.id === row.concept)
      expect(concept && (await measureSprite(concept, row.vendor))).toEqual(row)
    }
  })
})
