import type {
  CheckedImage,
  CheckStatus,
  RoundReport,
  Specificity,
} from '../../../shared/contract/checks.ts'
import type { CheckSignal } from '../../../shared/domain/check-signal.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asking } from '../../base/asking.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { Db } from '../../db/client.ts'
import { vectorFilePath } from '../../models/vector-file.ts'
import type { CalibrateParams } from './calibrate-job.ts'
import { describeCalibration } from './describe-calibration.ts'
import type { CheckParams } from './check-job.ts'
import type { ChecksOptions } from './checks-options.ts'
import { checkAltTexts } from './check-alt-texts.ts'
import { checkText } from './check-text.ts'
import { findGround, type FoundGround } from './ground.ts'
import { findImageDetails } from './image-details.ts'
import { PICTURE_CODES } from './picture-codes.ts'
import { reportRound } from './round-report.ts'
import { describeSignals } from './signal-states.ts'
import { findSpecificity, unknownSpecificity } from './specificity.ts'

interface RunAnswer {
  readonly isChecked: boolean
  readonly missing: string | null
}

export interface ChecksService {
  status(): Promise<CheckStatus>
  /** `signal` ends it where nobody waits any more; what was computed by then is kept for the next time. */
  run(
    asking: Asking,
    wish: { readonly imageId: ImageId; readonly caption: string; readonly signal?: AbortSignal },
  ): Promise<RunAnswer>
  specificity(
    asking: Asking,
    wish: { readonly imageId: ImageId; readonly caption: string },
  ): Promise<Specificity>
  start(asking: Asking, wish: { readonly where: string }): Promise<{ jobId: JobId }>
  report(
    asking: Asking,
    wish: { readonly where: string; readonly after: ImageId | null; readonly limit: number },
  ): Promise<CheckedImage[]>
  round(asking: Asking, wish: { readonly round: number }): Promise<RoundReport>
  /** Throws PACK_NOT_FOUND where nothing can look at these pictures. */
  calibrate(asking: Asking): Promise<{ jobId: JobId }>
  useTrial(asking: Asking, wish: { readonly isUsed: boolean }): Promise<CheckStatus>
  setSignal(
    asking: Asking,
    wish: { readonly name: CheckSignal; readonly isOn: boolean },
  ): Promise<CheckStatus>
}

export function createChecks(
  options: ChecksOptions & {
    readonly kind: JobKind<CheckParams>
    readonly calibrateKind: JobKind<CalibrateParams>
  },
): ChecksService {
  const { context } = options
  const ground = (db: Db): Promise<FoundGround> => findGround(db, options)

  async function status(): Promise<CheckStatus> {
    const { db } = context.openProject()
    const found = await ground(db)
    const known = found.kind === 'found' ? found.ground : null
    const [off, looked, counts, labels] = await Promise.all([
      db.read.listSwitchedOffSignals(),
      db.read.findLookedAt(),
      db.read.countChecked({ key: known?.key ?? null }),
      db.read.countLabels(),
    ])
    const manifest = (known?.encoder ?? known?.detector)?.manifest
    return {
      pack:
        manifest === undefined
          ? null
          : { id: manifest.id, revision: manifest.revision, name: manifest.name },
      missing: found.kind === 'missing' ? found.why : null,
      signals: describeSignals(known, { off: new Set(off), ...looked }),
      ...describeCalibration(known, labels),
      ...counts,
    }
  }

  return {
    status,
    async run(asking, { imageId, caption, ...stop }) {
      const { db, files } = context.project(asking)
      const picture = await db.read.findPicture({ id: imageId })
      const found = await ground(db)
      if (found.kind === 'missing') return { isChecked: false, missing: found.why }
      if (picture?.path == null || picture.hash === '') {
        return { isChecked: false, missing: NO_PICTURE }
      }
      const { path, hash } = picture
      const checked = await checkText(options, {
        ...{ db, ground: found.ground, caption, urgency: 'interactive', ...stop },
        picture: { id: imageId, path, hash },
      }).catch((error: unknown) => {
        if (!(error instanceof AppError) || !PICTURE_CODES.has(error.code)) throw error
        return { kind: 'missing', why: error.message, isOfText: false } as const
      })
      const key = { imageHash: hash, text: caption, ...found.ground.key }
      if (checked.kind === 'missing') {
        // Else words that it has in common with the text before it would keep their marks.
        if (checked.isOfText) {
          await db.write.storeVerdicts({ key, verdicts: [] })
          await db.write.storeDetails({ key, details: [] })
        }
        return { isChecked: false, missing: checked.why }
      }
      const now = await ground(db)
      if (now.kind === 'missing' || !isSame(now.ground.key, found.ground.key)) {
        return { isChecked: false, missing: CHANGED }
      }
      await db.write.storeCheck({
        imageId,
        ...{ key, verdicts: checked.units },
        score: checked.score,
        now: Date.now(),
      })
      const publish = () => {
        context.publish({ topic: 'images', imageIds: [imageId], isStructural: false })
      }
      publish()
      stop.signal?.throwIfAborted()
      const details = await findImageDetails(options, {
        ...{ db, cacheFolder: files.cache, encoder: found.ground.encoder, caption },
        verdicts: checked.units,
        ...{ picture: { id: imageId, path, hash }, urgency: 'interactive' },
      })
      await db.write.storeDetails({ key, details })
      publish()
      stop.signal?.throwIfAborted()
      const isOfAlts = await checkAltTexts(options, {
        ...{ db, ground: found.ground, picture: { id: imageId, path, hash } },
      })
      if (isOfAlts) publish()
      return { isChecked: true, missing: null }
    },
    async specificity(asking, { imageId, caption }) {
      const { db, files, personId } = context.project(asking)
      const picture = await db.read.findPicture({ id: imageId })
      const found = await ground(db)
      if (found.kind === 'missing') return unknownSpecificity()
      const { encoder, key } = found.ground
      if (encoder === null || picture?.path == null || picture.hash === '') {
        return unknownSpecificity()
      }
      const { manifest, folder } = encoder
      const verdicts = await db.read.findTextVerdicts({ imageId, text: caption, key })
      if (verdicts === null) return unknownSpecificity()
      return findSpecificity(
        {
          ...{ caption, verdicts },
          pack: { folder, id: manifest.id, revision: manifest.revision },
          vectors: {
            path: vectorFilePath(files.cache, manifest),
            dimension: manifest.dimension,
          },
          image: { id: imageId, path: picture.path, hash: picture.hash },
        },
        {
          ...{ text: options.text, inference: options.inference },
          nameOf: async (id) =>
            (await db.read.libraryRows({ ids: [id], personId }))[0]?.name ?? null,
        },
      )
    },
    async start(asking, { where }) {
      const { scheduler, personId, db } = context.project(asking)
      // A query with a mistake, and a missing pack, are said now and not by the job.
      await db.read.countImages({ query: where, personId })
      const found = await ground(db)
      if (found.kind === 'missing') throw new AppError('PACK_NOT_FOUND', found.why)
      return { jobId: await scheduler.add(options.kind, { where, personId, ...found.ground.key }) }
    },
    async report(asking, { where, after, limit }) {
      const { db, personId } = context.project(asking)
      const found = await ground(db)
      const ids = await db.read.selectImageIds({ query: where, personId, after, limit })
      const key = found.kind === 'found' ? found.ground.key : null
      const [images, fits] = await Promise.all([
        db.read.reportChecks({ ids, key }),
        key === null ? [] : db.read.listFits({ ids, key }),
      ])
      const fitOf = new Map(fits.map((fit) => [fit.imageId, fit]))
      return images.map((image) => {
        const { coverage = null, score = null, place = null } = fitOf.get(image.imageId) ?? {}
        const fit = score === null || place === null ? null : { score, place }
        return { ...image, coverage, fit }
      })
    },
    async round(asking, { round }) {
      const { db } = context.project(asking)
      const found = await ground(db)
      const key = found.kind === 'found' ? found.ground.key : null
      return reportRound({ db, text: options.text }, { round, key })
    },
    async calibrate(asking) {
      const { scheduler, db } = context.project(asking)
      const found = await ground(db)
      if (found.kind === 'missing') throw new AppError('PACK_NOT_FOUND', found.why)
      return { jobId: await scheduler.add(options.calibrateKind, {}) }
    },
    async useTrial(asking, { isUsed }) {
      const { db } = context.project(asking)
      const found = await ground(db)
      if (found.kind === 'missing') throw new AppError('PACK_NOT_FOUND', found.why)
      const { packRevision, algorithmVersion } = found.ground.key
      await db.write.switchCalibration({ packRevision, algorithmVersion, isUsed })
      context.publish({ topic: 'images', imageIds: null, isStructural: false })
      return status()
    },
    async setSignal(asking, wish) {
      const { db } = context.project(asking)
      await db.write.switchSignal(wish)
      context.publish({ topic: 'images', imageIds: null, isStructural: false })
      return status()
    },
  }
}

const NO_PICTURE = 'The picture is missing or cannot be read, so there is nothing to check by.'
const CHANGED =
  'The encoder, its calibration or a switch changed while this was checked. It is checked again with the next change.'

function isSame(left: object, right: object): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
