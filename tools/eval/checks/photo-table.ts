import { hash } from 'node:crypto'
import type { CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import { fitKindTable } from '../../../src/main/checks/fit-kind-table.ts'
import { hasLimits } from '../../../src/main/checks/used-signals.ts'
import { PREVALENCE, rounded, SEED } from './fit.ts'
import type { PhotoClaim } from './photo-claims.ts'

/** One signal has nothing to learn but its curve, and limits need as many photos as there are. */
const LEARNING_SHARE = 0.2
const KINDS = ['entity', 'count'] as const

/**
 * Makes the table of YOLOX from claims about calibration photos: true are things that people named and counted, false
 * ones are polled, as in POPE. A kind that gets no limit is left out.
 */
export function fitPhotoTable(claims: readonly PhotoClaim[]): CalibrationTable {
  const kinds = KINDS.flatMap((kind) => {
    const samples = claims
      .filter((claim) => claim.kind === kind && isLesson(claim))
      .flatMap(({ photo, isTrue, box }) =>
        isTrue === null || box === null
          ? []
          : [{ signals: { box }, isSupported: isTrue, group: photo }],
      )
    const fit = { kind, samples, prevalence: PREVALENCE, seed: SEED, signals: ['box'] as const }
    const table = fitKindTable({ ...fit, learningShare: LEARNING_SHARE })
    return table === null || !hasLimits(table) ? [] : [rounded(table)]
  })
  const contents = hash('sha256', JSON.stringify(kinds), 'hex').slice(0, 12)
  return {
    ...{ format: 'realign-calibration', version: 1, id: `detector-yolox-${contents}` },
    pack: { id: 'detector-yolox', revision: 'any' },
    ...{ source: 'shipped', isProvisional: true, prevalence: PREVALENCE, kinds },
  }
}

/** The lists count what people would not name, so a poll of what is there is harder than what captions say. */
function isLesson({ from, kind, isTrue }: PhotoClaim): boolean {
  if (from === 'human captions') return isTrue === true
  return kind === 'count' ? from === 'polls, true' : from !== 'polls, true'
}
