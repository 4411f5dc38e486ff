import { z } from 'zod'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { CheckWork } from '../../db/queries/checks.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import { checkText } from './check-text.ts'
import { findGround, type CheckGround } from './ground.ts'
import { findImageDetails } from './image-details.ts'
import type { ChecksOptions } from './checks-options.ts'
import { PICTURE_CODES } from './picture-codes.ts'

const params = z.strictObject({
  where: z.string(),
  /** Whose query it is. */
  personId: z.int(),
  packRevision: z.string(),
  calibrationId: z.string(),
  algorithmVersion: z.int(),
})
export type CheckParams = z.infer<typeof params>

const ID_PAGE = 50_000
const PAGE = 64
/** Images in work at a time: one is planned and stored while the models look at the others. */
const AT_ONCE = 4

/**
 * Checks the texts that stand, of the images of a query that were not checked so. What is done is known from the stored
 * sums, so a job that was stopped goes on where it was.
 */
export function createCheckKind(options: ChecksOptions): JobKind<CheckParams> {
  const { context } = options
  return {
    name: 'checks.check',
    lane: 'gpu',
    params,
    dedupeKey: ({ where }) => `checks.check ${where}`,
    title: () => 'Check captions',
    async run(wish, run) {
      const { db, files } = context.openProject()
      const sums = { units: 0, supported: 0, unsure: 0, unsupported: 0, unchecked: 0 }
      const requireGround = async (): Promise<CheckGround> => {
        const found = await findGround(db, options)
        if (found.kind === 'missing') throw new AppError('PACK_NOT_FOUND', found.why)
        const { key } = found.ground
        const isSame =
          key.packRevision === wish.packRevision &&
          key.calibrationId === wish.calibrationId &&
          key.algorithmVersion === wish.algorithmVersion
        if (isSame) return found.ground
        throw new AppError(
          'PACK_CHANGED',
          'The encoder, its calibration or a switch changed meanwhile. Start again to check with what is there now; what was found before is kept apart.',
        )
      }
      const checkOne = async (work: CheckWork, ground: CheckGround): Promise<void> => {
        const { imageId, picture, text } = work
        const { path, hash } = picture
        if (path === null || text.trim() === '') {
          run.count('skipped')
          return
        }
        const checked = await checkText(options, {
          ...{ db, ground, caption: text, urgency: 'background', signal: run.signal },
          picture: { id: imageId, path, hash },
        })
        if (checked.kind === 'missing') {
          sums.unchecked += 1
          run.count('skipped')
          return
        }
        run.signal.throwIfAborted()
        await db.write.storeCheck({
          imageId,
          key: { imageHash: hash, text, ...ground.key },
          verdicts: checked.units,
          score: checked.score,
          now: Date.now(),
        })
        const details = await findImageDetails(options, {
          ...{ db, cacheFolder: files.cache, encoder: ground.encoder, caption: text },
          verdicts: checked.units,
          ...{ picture: { id: imageId, path, hash }, urgency: 'background' },
        })
        await db.write.storeDetails({ key: { imageHash: hash, text, ...ground.key }, details })
        sums.units += checked.units.length
        for (const { status } of checked.units) sums[status] += 1
        run.count('done')
        run.markProgress()
      }
      const ids = await readIds(db, wish)
      run.setTotal(ids.length)
      for (let from = 0; from < ids.length; from += PAGE) {
        run.signal.throwIfAborted()
        const ground = await requireGround()
        const page = ids.slice(from, from + PAGE)
        const work = await db.read.listCheckWork({ ids: page, key: ground.key })
        const open = work.filter(({ isDone }) => !isDone)
        run.count('skipped', page.length - open.length)
        await eachAtOnce(open, run, (one) => checkOne(one, ground))
      }
      context.publish({ topic: 'images', imageIds: null, isStructural: true })
      run.setResult(sums)
    },
  }
}

/** One bad picture is one failed item; anything else ends the job. */
async function eachAtOnce(
  work: readonly CheckWork[],
  run: JobRun,
  check: (work: CheckWork) => Promise<void>,
): Promise<void> {
  const waiting = [...work]
  const workOff = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      run.signal.throwIfAborted()
      try {
        await check(next)
      } catch (error) {
        const isOfPicture =
          error instanceof AppError && PICTURE_CODES.has(error.code) && !run.signal.aborted
        if (!isOfPicture) throw error
        run.fail({ item: `image ${next.imageId}`, code: error.code, message: error.message })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, workOff))
}

async function readIds(
  db: Db,
  wish: { readonly where: string; readonly personId: number },
): Promise<readonly ImageId[]> {
  const ids: ImageId[] = []
  for (;;) {
    const page = await db.read.selectImageIds({
      query: wish.where,
      personId: wish.personId as PersonId,
      after: ids.at(-1) ?? null,
      limit: ID_PAGE,
    })
    for (const id of page) ids.push(id)
    if (page.length < ID_PAGE) return ids
  }
}
