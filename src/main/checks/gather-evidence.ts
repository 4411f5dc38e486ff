import type { PlannedUnit } from '../../shared/domain/check-plan.ts'
import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import { boxEvidence, type FoundBox } from './box-evidence.ts'
import { wordsIn, type LookWish } from './look-wish.ts'
import { lineEvidence, type FoundLine } from './line-evidence.ts'
import { placeEvidence, type SeenPlaces } from './place-evidence.ts'
import type { EvidenceRegion, UnitEvidence } from './unit-evidence.ts'
import type { WantedSignals } from './used-signals.ts'

/** How a phrase fits a picture. */
interface PhraseFit {
  /** With the whole picture. */
  readonly cosine: number
  readonly z: number | null
  readonly places: SeenPlaces & { readonly soft: number; readonly region: EvidenceRegion }
  readonly hues: Readonly<Record<string, number>> | null
}

/** The answers to a wish, in its order. */
export interface LookAnswers {
  readonly phrases: readonly PhraseFit[]
  readonly sentences: readonly number[]
  readonly gates: readonly (readonly (number | null)[])[]
}

/** What models found in the picture before; null where none of that kind has looked. */
export interface PictureFindings {
  /** With the names of all that the detector can find. */
  readonly boxes: { readonly found: readonly FoundBox[]; readonly labels: readonly string[] } | null
  readonly lines: readonly FoundLine[] | null
}

export interface EvidenceInput {
  readonly units: readonly PlannedUnit[]
  readonly wish: LookWish
  readonly answers: LookAnswers
  readonly findings: PictureFindings
  /** What cosines are multiplied with before phrases compete. */
  readonly scale: number
  /** What else was computed on the way is left out, as is what somebody switched off. */
  readonly wanted: WantedSignals
  /** Signals that somebody switched off: they give no place and no rival either. */
  readonly off: ReadonlySet<CheckSignal>
}

/** What the signals say of each unit, in their order; what could not look is absent. */
export function gatherEvidence(input: EvidenceInput): UnitEvidence[] {
  const { units, wish, answers, off } = input
  const fits = new Map<string, PhraseFit>()
  for (const [index, { text }] of wish.phrases.entries()) {
    const fit = answers.phrases[index]
    if (fit !== undefined) fits.set(text, fit)
  }
  const sentences = new Map(
    wish.sentences.map((text, index) => [text, answers.sentences[index] ?? 0] as const),
  )
  const gates = gatesByUnit(units, input)
  const places = new Map([...fits].map(([text, fit]) => [text, fit.places] as const))
  return units.map((unit) => {
    const own = unit.phrase === null ? undefined : fits.get(unit.phrase)
    const swap = own === undefined ? null : swapEvidence(unit, own, { fits, scale: input.scale })
    const boxes = boxEvidence(unit, input.findings.boxes)
    const line = lineEvidence(unit, input.findings.lines)
    const wanted = input.wanted(unit.kind)
    const signals: Partial<Record<CheckSignal, number>> = {}
    const note = (name: CheckSignal, value: number | null | undefined): void => {
      const isWanted = wanted.has(name) && !off.has(name)
      if (isWanted && value !== null && value !== undefined && Number.isFinite(value)) {
        signals[name] = value
      }
    }
    note('z', own?.z)
    note('swap', swap?.unitShare)
    note('del', deletion(unit, sentences, units))
    note('gate', gates.get(unit))
    note('reg', own?.places.soft)
    note('geo', placeEvidence(unit, { places, scale: input.scale }))
    note('box', boxes?.score)
    note('pix', hueShare(unit, fits))
    note('ocr', line?.score)
    return {
      kind: unit.kind,
      signals,
      rival: off.has('swap') ? null : (swap?.rival ?? null),
      region: regionOf({ box: boxes?.region, ocr: line?.region, reg: own?.places.region }, off),
    }
  })
}

type RegionSignal = 'box' | 'ocr' | 'reg'

/** The surest place: what a detector drew, then what was read, then where the encoder looked. */
function regionOf(
  found: Readonly<Partial<Record<RegionSignal, EvidenceRegion | null | undefined>>>,
  off: ReadonlySet<CheckSignal>,
): EvidenceRegion | null {
  for (const name of ['box', 'ocr', 'reg'] as const) {
    const region = off.has(name) ? null : found[name]
    if (region !== null && region !== undefined) return region
  }
  return null
}

/** The unit's share against its foils, and the best of them. */
function swapEvidence(
  unit: PlannedUnit,
  own: PhraseFit,
  at: { readonly fits: ReadonlyMap<string, PhraseFit>; readonly scale: number },
): { readonly unitShare: number; readonly rival: NonNullable<UnitEvidence['rival']> } | null {
  const rivals = unit.foils.flatMap((foil) => {
    const fit = at.fits.get(foil.phrase)
    return fit === undefined ? [] : [{ foil, score: competingScore(unit, fit) * at.scale }]
  })
  if (rivals.length === 0) return null
  const ownScore = competingScore(unit, own) * at.scale
  const most = Math.max(ownScore, ...rivals.map(({ score }) => score))
  const weigh = (score: number): number => Math.exp(score - most)
  const total = weigh(ownScore) + rivals.reduce((sum, { score }) => sum + weigh(score), 0)
  const best = rivals.reduce((left, right) => (right.score > left.score ? right : left))
  const unitShare = weigh(ownScore) / total
  return {
    unitShare,
    rival: { words: best.foil.words, share: weigh(best.score) / total, unitShare },
  }
}

/** Foils compete where each fits best, but for counts: only the whole picture has all of the things. */
function competingScore({ claim }: PlannedUnit, { cosine, places }: PhraseFit): number {
  return claim === 'count' ? cosine : places.soft
}

/**
 * How much the sentence loses without the unit. A word of a long sentence moves its vector less, so the loss counts as
 * often as the sentence has units.
 */
function deletion(
  { sentence }: PlannedUnit,
  cosines: ReadonlyMap<string, number>,
  units: readonly PlannedUnit[],
): number | null {
  const whole = cosines.get(sentence.text)
  const without = cosines.get(sentence.without)
  if (whole === undefined || without === undefined) return null
  const members = units.filter((other) => other.sentence.start === sentence.start).length
  return (whole - without) * members
}

function gatesByUnit(
  units: readonly PlannedUnit[],
  { wish, answers }: Pick<EvidenceInput, 'wish' | 'answers'>,
): ReadonlyMap<PlannedUnit, number> {
  const byWord = new Map<string, number>()
  for (const [index, { text, words }] of wish.gated.entries()) {
    for (const [at, { start, end }] of words.entries()) {
      const gate = answers.gates[index]?.[at] ?? null
      if (gate !== null) byWord.set(`${start} ${end} ${text}`, gate)
    }
  }
  const found = new Map<PlannedUnit, number>()
  for (const unit of units) {
    const gates = wordsIn(unit).flatMap(
      ({ start, end }) => byWord.get(`${start} ${end} ${unit.sentence.text}`) ?? [],
    )
    if (gates.length > 0) found.set(unit, Math.min(...gates))
  }
  return found
}

/** Share of the pixels, where the thing is, that have a colour which the word may mean. */
function hueShare(unit: PlannedUnit, fits: ReadonlyMap<string, PhraseFit>): number | null {
  if (unit.hues.length === 0 || unit.thingPhrase === null) return null
  const shares = fits.get(unit.thingPhrase)?.hues ?? null
  if (shares === null || unit.hues.every((hue) => shares[hue] === undefined)) return null
  return unit.hues.reduce((sum, hue) => sum + (shares[hue] ?? 0), 0)
}
