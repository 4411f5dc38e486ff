import type { MeasuredInterval, RoundMeasures } from '../../../../shared/contract/checks.ts'

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

/** `{ mean: '31 %', ends: '28 to 35' }`; a dash where nothing is known. */
export function describeInterval(
  interval: MeasuredInterval,
  unit: MeasureUnit,
): { readonly mean: string; readonly ends: string } {
  if (interval === null) return { mean: '–', ends: '' }
  const { mean, low, high } = interval
  const show = (value: number): string => formatIn(unit, value)
  return {
    mean: unit === 'share' ? `${show(mean)} %` : show(mean),
    ends: `${show(low)} to ${show(high)}`,
  }
}

function formatIn(unit: MeasureUnit, value: number): string {
  switch (unit) {
    case 'share':
      return String(Math.round(value * 100))
    case 'count':
      return value.toFixed(1)
    case 'cosine':
      return value.toFixed(3)
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
  const said = `Against the text before, the supported share of the same ${captions} images changed by ${points(mean)} points (${points(low)} to ${points(high)})`
  if (low > 0) return `${said}: the round helped.`
  if (high < 0) return `${said}: the round made it worse.`
  return `${said}, which may be chance.`
}
