import { hash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { trialSignals, tryKinds, type ProjectLabel } from '../../checks/project-calibration.ts'
import type { ProjectTrial } from '../../checks/project-trial.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { ChecksOptions } from './checks-options.ts'
import { findGround, type CheckGround } from './ground.ts'
import { groupAlike } from './group-alike.ts'
import { eachLabelled, labelAnswers, labelCaption } from './label-units.ts'

const params = z.strictObject({})
export type CalibrateParams = z.infer<typeof params>

/** More captions make limits hardly any sharper, and take long. */
const MOST_CAPTIONS = 1_000
const MOST_ANSWERS = 5_000

/**
 * Measures the checks on what the project's own people hold for true: accepted captions, copies of them with one wrong
 * unit each, and answers to marks. Keeps a table for each kind of units, with what it did to captions that it was not
 * made of. A job that was stopped starts anew; what the models saw of a picture is still at hand then.
 */
export function createCalibrateKind(options: ChecksOptions): JobKind<CalibrateParams> {
  const { context } = options
  return {
    name: 'checks.calibrate',
    lane: 'gpu',
    params,
    dedupeKey: () => 'checks.calibrate',
    title: () => 'Measure the checks on accepted captions',
    async run(_, run) {
      const { db, files } = context.openProject()
      const ground = await requireGround()
      const [captions, answers, counts] = await Promise.all([
        db.read.listAcceptedTexts({ limit: MOST_CAPTIONS }),
        db.read.listAnsweredUnits({ limit: MOST_ANSWERS }),
        db.read.countLabels(),
      ])
      const answered = [...Map.groupBy(answers, keyOf).values()]
      if (captions.length + answered.length === 0) throw nothingToMeasureBy()
      run.setTotal(captions.length + answered.length)
      const tools = { ...options, db, ground, wanted: trialSignals(ground.base), run }
      const isAnswered = new Set(answers.map((one) => `${keyOf(one)} ${one.start}`))
      const fromCaptions = await eachLabelled(captions, run, async (caption) => {
        const labels = await labelCaption(tools, { caption, cacheFolder: files.cache })
        // What somebody said of these very words says more than that the caption was accepted.
        return labels.filter(
          ({ from, start }) => from !== 'accepted' || !isAnswered.has(`${keyOf(caption)} ${start}`),
        )
      })
      const fromAnswers = await eachLabelled(answered, run, (units) => labelAnswers(tools, units))
      const now = await requireGround()
      if (now.key.packRevision !== ground.key.packRevision) throw changed()
      const groupOf = groupAlike([...captions, ...answers])
      const labels = [...fromCaptions, ...fromAnswers].map((label) => ({
        ...label,
        group: groupOf(label.imageId),
      }))
      const kinds = tryKinds({ labels, base: ground.base })
      const trial: ProjectTrial = {
        ...{ version: 1, id: idOf(kinds), pack: packOf(ground), ...counts },
        ...{ images: new Set(labels.map(({ imageId }) => imageId)).size, kinds },
      }
      await db.write.storeCalibration({
        ...{ packRevision: ground.key.packRevision, contents: JSON.stringify(trial) },
        ...{ algorithmVersion: ground.key.algorithmVersion, now: Date.now() },
      })
      context.publish({ topic: 'images', imageIds: null, isStructural: false })
      run.setResult(summarise(labels, trial))

      async function requireGround(): Promise<CheckGround> {
        const found = await findGround(db, options)
        if (found.kind === 'missing') throw new AppError('PACK_NOT_FOUND', found.why)
        return found.ground
      }
    },
  }
}

function keyOf({ imageId, text }: { readonly imageId: number; readonly text: string }): string {
  return `${imageId} ${text}`
}

function changed(): AppError {
  return new AppError(
    'PACK_CHANGED',
    'The models changed while the checks were measured. Start again to measure those that are there now.',
  )
}

function nothingToMeasureBy(): AppError {
  return new AppError(
    'INPUT_INVALID',
    'There is nothing to measure the checks by: accept captions in Review, or answer marks in Align, and start again.',
  )
}

function packOf({ encoder, detector }: CheckGround): ProjectTrial['pack'] {
  const { id = '', revision = '' } = (encoder ?? detector)?.manifest ?? {}
  return { id, revision }
}

function idOf(kinds: ProjectTrial['kinds']): string {
  return `project-${hash('sha256', JSON.stringify(kinds), 'hex').slice(0, 12)}`
}

function summarise(
  labels: readonly ProjectLabel[],
  { images, kinds }: ProjectTrial,
): Readonly<Record<string, number>> {
  const count = (from: ProjectLabel['from']): number =>
    labels.filter((label) => label.from === from).length
  return {
    images,
    accepted: count('accepted'),
    foils: count('foil'),
    answers: count('answer'),
    kinds: kinds.filter(({ refusal }) => refusal === null).length,
  }
}
