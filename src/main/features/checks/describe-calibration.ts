import type { CheckStatus } from '../../../shared/contract/checks.ts'
import { isProvisionalTrial } from '../../checks/project-calibration.ts'
import type { CheckGround } from './ground.ts'

/** With fewer accepted captions a hundred units of a kind are not to be had. */
const LEAST_ACCEPTED = 40
/** Labels must have grown by this before measuring anew is worth the time. */
const WORTH_GROWTH = 1.25
/** An answer is about one unit, a caption has several. */
const UNITS_OF_CAPTION = 5

/** Which tables the verdicts follow from, what the project's own labels came to, and whether to measure them anew. */
export function describeCalibration(
  ground: CheckGround | null,
  counts: { readonly accepted: number; readonly answered: number },
): Pick<CheckStatus, 'calibration' | 'trial' | 'labels'> {
  const trial = ground?.trial ?? null
  return {
    calibration:
      ground === null || ground.tables.length === 0
        ? null
        : { id: ground.key.calibrationId, kinds: describeKinds(ground) },
    trial: trial === null ? null : describeTrial(trial),
    labels: { ...counts, isOffered: ground !== null && isOffered(trial, counts) },
  }
}

type Trial = NonNullable<CheckGround['trial']>
type KindRow = NonNullable<CheckStatus['calibration']>['kinds'][number]

function describeKinds({ tables, trial, encoder, detector }: CheckGround): KindRow[] {
  const models = [encoder, detector].flatMap((each) => each?.manifest.name ?? [])
  return tables.flatMap(({ kinds, isProvisional }, index) =>
    kinds.map(({ kind, count, unsupportedAt, supportedAt, bins }): KindRow => {
      const own = index === 0 ? findUsed(trial, kind) : undefined
      const shipped = { source: 'shipped' as const, isProvisional }
      return {
        ...{ kind, count, unsupportedAt, supportedAt, bins: [...bins] },
        ...(own === undefined
          ? shipped
          : {
              source: own.answered > 0 ? ('answers' as const) : ('self-foils' as const),
              isProvisional: isProvisionalTrial(own),
            }),
        model: models[index] ?? '',
      }
    }),
  )
}

function findUsed(trial: Trial | null, kind: KindRow['kind']): Trial['kinds'][number] | undefined {
  if (trial?.isUsed !== true) return undefined
  return trial.kinds.find((one) => one.kind === kind && one.refusal === null && one.table !== null)
}

function describeTrial({ madeAt, isUsed, images, kinds }: Trial): CheckStatus['trial'] {
  return {
    ...{ madeAt, isUsed, images },
    kinds: kinds.map(({ kind, labelled, answered, rejected, refusal, basis, own, other }) => ({
      ...{ kind, labelled, answered, rejected, refusal, basis, own, other },
    })),
  }
}

function isOffered(
  trial: Trial | null,
  { accepted, answered }: { readonly accepted: number; readonly answered: number },
): boolean {
  if (accepted < LEAST_ACCEPTED) return false
  if (trial === null) return true
  const worth = (of: { readonly accepted: number; readonly answered: number }): number =>
    of.accepted * UNITS_OF_CAPTION + of.answered
  return worth({ accepted, answered }) >= worth(trial) * WORTH_GROWTH
}
