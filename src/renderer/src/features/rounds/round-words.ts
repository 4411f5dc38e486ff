import type { RoundOptions, RoundSummary } from '../../../../shared/contract/rounds.ts'
import type { Status } from '../../../../shared/domain/status.ts'

export const DEFAULT_ROUND_OPTIONS: RoundOptions = {
  needsOtherPerson: false,
  sampleShare: 1,
  sampleSeed: 1,
  stopBelowEdit: null,
}

/** What a round's options say, as one line. */
export function describeOptions(options: RoundOptions): string {
  const { needsOtherPerson, sampleShare, sampleSeed, stopBelowEdit } = options
  return [
    sampleShare === 1 ? 'All images' : `${percent(sampleShare)} of the images (seed ${sampleSeed})`,
    needsOtherPerson ? 'by another person than before' : 'by anyone',
    stopBelowEdit === null
      ? 'no stop rule'
      : `not those that changed by less than ${percent(stopBelowEdit)} last time`,
  ].join(', ')
}

/**
 * The query for the images that a round counts under a status; null where later rounds took some of them on, because
 * these stand elsewhere now.
 */
export function roundQuery(
  { number, isCurrent }: Pick<RoundSummary, 'number' | 'isCurrent'>,
  status: Status,
): string | null {
  const mayHaveGoneOn = !isCurrent && (status === 'accepted' || status === 'submitted')
  return mayHaveGoneOn ? null : `work:${number} status:${status}`
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
