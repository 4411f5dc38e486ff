import type { CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import { fuseEvidence } from '../../../src/main/checks/fusion.ts'
import { createRandom } from '../../scenes/random.ts'
import { mean } from './measures.ts'
import type { CaptionRecord } from './unit-record.ts'

/** A way to score the units of a caption and the caption as a whole; low is unsupported. */
export interface Method {
  readonly name: string
  /** One score a unit; null where the method says nothing of it. */
  readonly units: (caption: CaptionRecord) => readonly (number | null)[]
  readonly caption: (caption: CaptionRecord) => number | null
}

/** Ours, and the baselines that it must beat. */
export function methodsFor(table: CalibrationTable): readonly Method[] {
  const fused: Method['units'] = ({ units }) => units.map((unit) => fuseEvidence(unit, table))
  return [
    { name: 'Realign', units: fused, caption: lowestOf(fused) },
    wholeCaption,
    nounMean,
    single('deletion only', 'del'),
    single('gate only', 'gate'),
    single('place only', 'reg'),
    random,
  ]
}

/** CLIPScore: one number for all. */
const wholeCaption: Method = {
  name: 'whole caption',
  units: ({ units, whole }) => units.map(() => whole),
  caption: ({ whole }) => whole,
}

/** Oh and Hwang's: plain cosines of the caption and of each noun; of units the nouns alone have a score. */
const nounMean: Method = {
  name: 'noun mean',
  units: ({ units }) =>
    units.map(({ claim, fits }) => (claim === 'object' ? (fits?.own.cosine ?? null) : null)),
  caption: ({ units, whole }) =>
    mean([
      whole,
      ...units.flatMap(({ claim, fits }) =>
        claim === 'object' && fits !== null ? [fits.own.cosine] : [],
      ),
    ]),
}

const random: Method = {
  name: 'random',
  units: ({ scene, fault, units }) => {
    const { next } = createRandom(`baseline ${scene} ${fault ?? ''}`)
    return units.map(() => next())
  },
  caption: ({ scene, fault }) => createRandom(`caption ${scene} ${fault ?? ''}`).next(),
}

function single(name: string, signal: 'del' | 'gate' | 'reg'): Method {
  const units: Method['units'] = (caption) =>
    caption.units.map(({ signals }) => signals[signal] ?? null)
  return { name, units, caption: lowestOf(units) }
}

function lowestOf(units: Method['units']): Method['caption'] {
  return (caption) => {
    const scores = units(caption).filter((score) => score !== null)
    return scores.length === 0 ? null : Math.min(...scores)
  }
}
