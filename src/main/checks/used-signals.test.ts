import { describe, expect, it } from 'vitest'
import { wishFor } from './look-wish.ts'
import { readPackCalibration } from './pack-calibration.ts'
import { plannedUnit } from './planned-unit.fixture.ts'
import { usedSignals } from './used-signals.ts'

const curve = { slope: 20, offset: -10, pairs: 100 }
/** Objects have limits, counts a curve without any. */
const TABLE = readPackCalibration(
  { patchScale: 10, tables: { object: { patches: curve }, count: { patches: curve } } },
  { pack: { id: 'pack', revision: '1' }, hash: 'f'.repeat(64) },
)

describe('usedSignals', () => {
  it('are those of kinds with limits, less what is switched off', () => {
    const wanted = usedSignals([TABLE], new Set())
    expect([...wanted('entity')]).toEqual(['reg'])
    expect([...wanted('count')]).toEqual([])
    expect([...usedSignals([TABLE], new Set(['reg'] as const))('entity')]).toEqual([])
    expect([...usedSignals([], new Set())('entity')]).toEqual([])
  })

  it('are what was read for names, which no table speaks of', () => {
    expect([...usedSignals([TABLE], new Set())('name')]).toEqual(['ocr'])
    expect([...usedSignals([TABLE], new Set(['ocr'] as const))('name')]).toEqual([])
  })

  it('decide what is asked of the picture', () => {
    const foil = { words: 'wolf', phrase: 'a wolf', tier: 'adversarial' as const }
    const object = plannedUnit({ foils: [foil] })
    const three = { ...foil, words: 'three', phrase: 'three poodles' }
    const count = plannedUnit({
      ...{ kind: 'count', claim: 'count', phrase: 'two poodles', foils: [three] },
    })
    const wish = wishFor([object, count], usedSignals([TABLE], new Set()))
    expect(wish.phrases).toEqual([
      { text: 'a poodle', moments: null, wantsHues: false },
      { text: 'a wolf', moments: null, wantsHues: false },
    ])
    // The sentence itself gives the text's score; no unit is left out of it, and no word is weighed.
    expect(wish.sentences).toEqual(['A poodle'])
    expect(wish.gated).toEqual([])
  })
})
