import type {
  CalibrationTrial,
  CheckCalibration,
  CheckLabels,
} from '../../../../shared/contract/checks.ts'
import type { CheckSignal } from '../../../../shared/domain/check-signal.ts'
import type { UnitKind } from '../../../../shared/domain/text-unit.ts'
import { formatCounted } from '../../components/quantities.ts'

type KindTable = CheckCalibration['kinds'][number]

export const KIND_WORDS: Readonly<
  Record<UnitKind, { readonly name: string; readonly example: string }>
> = {
  entity: { name: 'Things', example: 'a dog, two buses' },
  attribute: { name: 'Properties', example: 'red, wooden, large' },
  count: { name: 'Counts', example: 'three, a pair of' },
  relation: { name: 'Places to each other', example: 'on the table, left of' },
  action: { name: 'Actions', example: 'runs, is holding' },
  'quoted-text': { name: 'Text in quotes', example: 'a sign that says “open”' },
  name: { name: 'Names', example: 'Anna Smith, Volkswagen' },
  'not-checkable': { name: 'What nobody can check', example: 'lovely, because' },
}

export const SIGNAL_WORDS: Readonly<
  Record<CheckSignal, { readonly name: string; readonly does: string }>
> = {
  z: { name: 'The whole picture', does: 'How well the words fit the picture as a whole.' },
  swap: {
    name: 'Other words',
    does: 'Whether words of the same kind fit better: another animal, another colour. It finds what to say instead.',
  },
  del: {
    name: 'Without the words',
    does: 'Whether the sentence fits better when they are left out.',
  },
  gate: {
    name: 'The model’s attention',
    does: 'Whether the model itself took the words as speaking against the picture.',
  },
  reg: {
    name: 'The best place',
    does: 'How well the words fit the place of the picture that fits them best. It gives the frame.',
  },
  geo: {
    name: 'Where the places lie',
    does: 'How the best places of two things lie to each other, and how much of the picture a thing covers.',
  },
  box: {
    name: 'Boxes of a detector',
    does: 'Whether a detector found the thing, how many, and where to each other.',
  },
  pix: {
    name: 'The colour of the place',
    does: 'Whether a colour word fits the hue of the place.',
  },
  ocr: {
    name: 'Text that was read',
    does: 'Whether text in quotes stands written in the picture.',
  },
}

export const SOURCE_WORDS: Readonly<Record<KindTable['source'], string>> = {
  shipped: 'pictures whose truth is known, when Realign was made',
  'self-foils':
    'captions that were accepted in this project, and copies of them made wrong on purpose',
  answers: 'captions that were accepted in this project, and what people answered to marks',
}

type Refusal = NonNullable<CalibrationTrial['kinds'][number]['refusal']>

export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  'too-few': 'too few labels, 100 are needed',
  'no-limit': 'no limit was wrong seldom enough',
  'needs-boxes': 'such words need the boxes of a detector',
  'breaks-bounds': 'wrong too often on the other half',
}

type Basis = CalibrationTrial['kinds'][number]['basis']

export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  labels: 'Your captions',
  limits: 'Shipped, with limits of your captions',
}

/** What there is to measure by, and whether it is worth it. */
export function describeLabels(
  { accepted, answered, isOffered }: CheckLabels,
  wasMeasured: boolean,
): string {
  const there = `${formatCounted(accepted, 'accepted caption')} and ${formatCounted(answered, 'answer')} to marks`
  if (isOffered) {
    return wasMeasured
      ? `There are many new labels since the last time, ${there} by now: measure again.`
      : `There are ${there}, enough to measure by.`
  }
  return wasMeasured
    ? `There are ${there}, not many more than the last time.`
    : `There are ${there}. From about 40 accepted captions on this tells something.`
}

/** Of marks at most one in this many is wrong, and of what passes at most one in that many. */
const FALSE_ALARM_ONE_IN = 5
const MISSED_ONE_IN = 10

/** When a kind of words is marked or passes, and how often that is wrong. Probabilities are of being in the picture. */
export function describeLimits({
  unsupportedAt,
  supportedAt,
  bins,
}: Pick<KindTable, 'unsupportedAt' | 'supportedAt' | 'bins'>): readonly string[] {
  if (unsupportedAt === null && supportedAt === null) {
    return ['Always unsure: no limit was found that would be wrong seldom enough.']
  }
  if (bins.length === 0) {
    return [
      unsupportedAt === null
        ? ''
        : `Marked as not supported at ${unsupportedAt.toFixed(2)} and below.`,
      supportedAt === null ? '' : `Supported from ${supportedAt.toFixed(2)} on.`,
      'How often that is wrong was not measured on captions of their own.',
    ].filter((line) => line !== '')
  }
  return [
    unsupportedAt === null
      ? 'Never marked as not supported: too many marks would be wrong.'
      : `Marked as not supported at ${unsupportedAt.toFixed(2)} and below; at most 1 mark in ${FALSE_ALARM_ONE_IN} is wrong.`,
    supportedAt === null
      ? 'Never passed as supported: too much that is wrong would pass.'
      : `Supported from ${supportedAt.toFixed(2)} on; at most 1 in ${MISSED_ONE_IN} of these is wrong.`,
  ]
}
