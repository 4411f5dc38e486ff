import type { MeasuredInterval, RoundMeasures } from '../../../../shared/contract/checks.ts'
import { formatCounted } from '../../components/quantities.ts'

export type MeasureUnit = 'share' | 'count' | 'cosine'

/** The measures of a round in the order that they are shown in, in plain words. */
export const MEASURES: readonly {
  readonly name: keyof RoundMeasures
  readonly label: string
  readonly unit: MeasureUnit
}[] = [
  { name: 'edit', label: 'Words changed', unit: 'share' },
  { name: 'recall', label: 'Things kept of the text before', unit: 'share' },
  { name: 'precision', label: 'Things that the text before named too', unit: 'share' },
  { name: 'f1', label: 'Both as one number (F1)', unit: 'share' },
  { name: 'entityRecall', label: 'Names and numbers of the alt-text kept', unit: 'share' },
  { name: 'support', label: 'Supported by the picture', unit: 'share' },
  { name: 'coverage', label: 'Decided by checks or people', unit: 'share' },
  { name: 'unsupported', label: 'Not supported, a caption', unit: 'count' },
  { name: 'fit', label: 'Fit of sentences and picture (cosine)', unit: 'cosine' },
]

/** With fewer captions a bootstrap draws the same few again and again, and its range says nothing. */
const LEAST_CAPTIONS = 10

/**
 * `{ mean: '31 %', ends: '(28 to 35; 20 captions)' }`; a dash where nothing is known, no range of too few captions, and how
 * many it is of where that is not all of them.
 */
export function describeInterval(
  interval: MeasuredInterval,
  of: { readonly unit: MeasureUnit; readonly captions: number },
): { readonly mean: string; readonly ends: string } {
  if (interval === null) return { mean: '–', ends: '' }
  const { mean, low, high, captions } = interval
  const show = (value: number): string => formatIn(of.unit, value)
  const ends = [
    ...(captions < LEAST_CAPTIONS ? [] : [`${show(low)} to ${show(high)}`]),
    ...(captions < of.captions ? [formatCounted(captions, 'caption')] : []),
  ]
  return {
    mean: of.unit === 'share' ? `${show(mean)} %` : show(mean),
    ends: ends.length === 0 ? '' : `(${ends.join('; ')})`,
  }
}

function formatIn(unit: MeasureUnit, value: number): string {
  switch (unit) {
    case 'share':
      return String(Math.round(value * 100)).replace('-', '−')
    case 'count':
      return value.toFixed(1)
    case 'cosine':
      return value.toFixed(3).replace('-', '−')
  }
}

/** What became of the supported share, and whether that is more than chance. */
export function describeChange({
  mean,
  low,
  high,
  captions,
}: NonNullable<MeasuredInterval>): string {
  const points = (value: number): string =>
    `${value < 0 ? '−' : '+'}${Math.abs(Math.round(value * 100))}`
  const start = `Against the text before, the supported share of the same ${formatCounted(captions, 'image')} changed by ${points(mean)} points`
  if (captions < LEAST_CAPTIONS) return `${start}; these are too few to say more.`
  const said = `${start} (${points(low)} to ${points(high)})`
  if (low > 0) return `${said}: the round helped.`
  if (high < 0) return `${said}: the round made it worse.`
  return `${said}, which may be chance.`
}
