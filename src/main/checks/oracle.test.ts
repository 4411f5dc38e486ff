import { describe, expect, it } from 'vitest'
import { fitKindTable, type LabelledEvidence } from './fit-kind-table.ts'
import { fuseSignals } from './fusion.ts'
import { createDraw } from './random-draw.ts'
import { calibrationError, reliabilityBins } from './reliability.ts'
import { decide, drawIndependent } from './risk-control.ts'

/*
 * The must-hold of the hallucination check, on evidence whose truth is known because it was drawn: three signals see the
 * truth through noise of size sigma, one is noise alone, one is often missing. What models add is measured elsewhere.
 */

const PREVALENCE = 0.2

/** Units of pictures: four each, one in two unsupported. Units of a picture share some of their noise. */
function drawEvidence(pictures: number, sigma: number, seed: number): readonly LabelledEvidence[] {
  const draw = createDraw(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  return Array.from({ length: pictures }, (_, picture) => {
    const shared = normal()
    return Array.from({ length: 4 }, (): LabelledEvidence => {
      const isSupported = draw() < 0.5
      const truth = isSupported ? 1 : -1
      const seen = (scale: number): number => scale * (truth + sigma * (normal() + 0.5 * shared))
      const signals = { z: seen(3), swap: seen(0.2), del: normal(), reg: seen(1) }
      return {
        signals: draw() < 0.3 ? { z: signals.z, del: signals.del, reg: signals.reg } : signals,
        isSupported,
        group: `picture ${String(seed)} ${String(picture)}`,
      }
    })
  }).flat()
}

function fit(samples: readonly LabelledEvidence[]) {
  const table = fitKindTable({ kind: 'entity', samples, prevalence: PREVALENCE, seed: 1 })
  if (table === null) throw new Error('No table.')
  return table
}

function judge(table: ReturnType<typeof fit>, samples: readonly LabelledEvidence[]) {
  return samples.map((sample) => {
    const probability = fuseSignals(sample.signals, table) ?? Number.NaN
    return { ...sample, probability, status: decide(probability, table) }
  })
}

/** Share of units that get a status. */
function certainShare(judged: ReturnType<typeof judge>): number {
  return judged.filter(({ status }) => status !== 'unsure').length / judged.length
}

describe('evidence without noise', { timeout: 60_000 }, () => {
  it('is judged without a mistake', () => {
    const table = fit(drawEvidence(400, 0, 1))
    const judged = judge(table, drawEvidence(60, 0, 2))
    expect(
      judged.every(
        ({ isSupported, status }) => status === (isSupported ? 'supported' : 'unsupported'),
      ),
    ).toBe(true)
  })
})

describe('evidence with noise', { timeout: 60_000 }, () => {
  const table = fit(drawEvidence(900, 0.9, 3))
  const judged = judge(table, drawEvidence(500, 0.9, 4))

  it('keeps both bounds in at least 95 % of 200 resamples', () => {
    const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
    const kept = seeds.filter((seed) => {
      const draw = createDraw(seed)
      const groups = [...Map.groupBy(judged, ({ group }) => group).values()]
      const resample = groups.flatMap((_, index) =>
        (groups[Math.floor(draw() * groups.length)] ?? []).map((unit) => ({
          ...unit,
          group: String(index),
        })),
      )
      const drawn = drawIndependent(resample, { prevalence: PREVALENCE, seed })
      const flagged = drawn.filter(({ status }) => status === 'unsupported')
      const passed = drawn.filter(({ status }) => status === 'supported')
      const alarms = flagged.filter(({ isSupported }) => isSupported).length
      const missed = passed.filter(({ isSupported }) => !isSupported).length
      return alarms <= 0.2 * flagged.length && missed <= 0.1 * passed.length
    })
    expect(table.unsupportedAt).not.toBeNull()
    expect(table.supportedAt).not.toBeNull()
    expect(kept.length).toBeGreaterThanOrEqual(190)
  })

  it('gives probabilities that are shares', () => {
    const drawn = drawIndependent(judged, { prevalence: PREVALENCE, seed: 7 })
    expect(calibrationError(reliabilityBins(drawn))).toBeLessThanOrEqual(0.05)
  })

  it('gives the signal that says nothing no say', () => {
    const useful = table.signals.filter(({ name }) => name !== 'del')
    const idle = table.signals.find(({ name }) => name === 'del')
    expect(useful.map(({ name }) => name)).toEqual(['z', 'swap', 'reg'])
    expect(idle?.weight ?? 0).toBeLessThan(0.15)
  })

  it('says less, and not more wrongly, the noisier the evidence is', () => {
    const shares = [0.3, 0.9, 2].map((sigma) =>
      certainShare(judge(fit(drawEvidence(400, sigma, 5)), drawEvidence(200, sigma, 6))),
    )
    expect(shares).toEqual(shares.toSorted((left, right) => right - left))
  })

  it('does not depend on the order of units', () => {
    const samples = drawEvidence(600, 0.9, 8)
    const one = fit(samples)
    const other = fit(samples.toReversed())
    expect(other.unsupportedAt).toBeCloseTo(one.unsupportedAt ?? Number.NaN, 6)
    expect(other.supportedAt).toBeCloseTo(one.supportedAt ?? Number.NaN, 6)
  })
})

describe('evidence that knows nothing', { timeout: 60_000 }, () => {
  it('leaves every unit unsure', () => {
    const blind = drawEvidence(400, 0.9, 9).map((unit, index) => ({
      ...unit,
      isSupported: index % 2 === 0,
    }))
    const table = fitKindTable({ kind: 'entity', samples: blind, prevalence: 0.5, seed: 1 })
    expect([table?.unsupportedAt, table?.supportedAt]).toEqual([null, null])
  })
})
