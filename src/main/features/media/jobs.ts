import { z } from 'zod'
import type { ImageQuality } from '../../../shared/domain/image-quality.ts'
import { AppError, isAbortError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { StoredPicture } from '../../db/queries/media.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import type { MediaClient } from '../../media/client.ts'
import type { FeatureContext } from '../open-project.ts'

const PAGE = 32
const THUMBNAIL_PX = 256

type NoParams = Record<string, never>

/**
 * Makes the thumbnails that nobody has looked at yet, after those on screen, and measures the pictures on the way. It
 * keeps no cursor: a thumbnail that is there already costs one look at the cache folder.
 */
export function createThumbnailKind(
  context: FeatureContext,
  media: MediaClient,
): JobKind<NoParams> {
  return {
    name: 'media.thumbnails',
    lane: 'cpu',
    params: z.strictObject({}),
    dedupeKey: () => 'media.thumbnails',
    title: () => 'Make thumbnails',
    async run(_params, run) {
      const { db, files } = context.openProject()
      const work = { context, media, run, db, cacheFolder: files.cache }
      let total = await countPictures(db)
      run.setTotal(total)
      let seen = 0
      await forEachPage(work, {
        list: (page) => db.read.listPictures(page),
        async handle(page) {
          seen += page.length
          if (seen > total) {
            // An import is adding pictures while this job follows it.
            total = Math.max(seen, await countPictures(db))
            run.setTotal(total)
          }
          const measured = new Set(await db.read.listMeasured({ ids: page.map(({ id }) => id) }))
          return measurePage(work, page, { isMeasured: ({ id }) => measured.has(id) })
        },
      })
    },
  }
}

/** Measures the pictures that have no measures yet: those of projects that an older Realign made. */
export function createMeasurePicturesKind(
  context: FeatureContext,
  media: MediaClient,
): JobKind<NoParams> {
  return {
    name: 'media.measure',
    lane: 'cpu',
    params: z.strictObject({}),
    dedupeKey: () => 'media.measure',
    title: () => 'Measure pictures',
    async run(_params, run) {
      const { db, files } = context.openProject()
      const work = { context, media, run, db, cacheFolder: files.cache }
      const { measured, total } = await db.read.countMeasured()
      run.setTotal(total - measured)
      await forEachPage(work, {
        list: (page) => db.read.listUnmeasuredPictures(page),
        handle: (page) => measurePage(work, page, { isMeasured: () => false }),
      })
    },
  }
}

interface MeasureWork {
  readonly context: FeatureContext
  readonly media: MediaClient
  readonly run: JobRun
  readonly db: Db
  readonly cacheFolder: string
}

/** Goes through pictures in the order of their ids; in the end says that queries over measures may find others. */
async function forEachPage(
  { context, run }: MeasureWork,
  options: {
    readonly list: (page: {
      readonly after: number
      readonly limit: number
    }) => Promise<readonly StoredPicture[]>
    /** Answers how many measures are new. */
    readonly handle: (page: readonly StoredPicture[]) => Promise<number>
  },
): Promise<void> {
  let after = 0
  let stored = 0
  try {
    for (;;) {
      run.signal.throwIfAborted()
      const page = await options.list({ after, limit: PAGE })
      const last = page.at(-1)
      if (last === undefined) return
      after = last.id
      stored += await options.handle(page)
      run.markProgress()
    }
  } finally {
    if (stored > 0) context.publish({ topic: 'images', imageIds: null, isStructural: true })
  }
}

async function measurePage(
  work: MeasureWork,
  page: readonly StoredPicture[],
  { isMeasured }: { readonly isMeasured: (picture: StoredPicture) => boolean },
): Promise<number> {
  const { run, db } = work
  const done = await Promise.all(
    page.map(async (picture) => {
      try {
        if (picture.path === null) return []
        const quality = await makeOne(work, { ...picture, path: picture.path }, isMeasured(picture))
        run.count('done')
        return quality === null ? [] : [{ imageId: picture.id, hash: picture.hash, quality }]
      } catch (error) {
        if (isAbortError(error) || !(error instanceof AppError)) throw error
        run.fail({ item: `image ${picture.id}`, code: error.code, message: error.message })
        return []
      }
    }),
  )
  const rows = done.flat()
  if (rows.length > 0) await db.write.storeImageQuality({ rows })
  return rows.length
}

/** Null where only a thumbnail was to be made. */
async function makeOne(
  { media, run, cacheFolder }: MeasureWork,
  { hash, path }: StoredPicture & { readonly path: string },
  isMeasured: boolean,
): Promise<ImageQuality | null> {
  const picture = { hash, path, sizePx: THUMBNAIL_PX, cacheFolder } as const
  if (!isMeasured) return media.measure(picture, { signal: run.signal })
  await media.thumbnail({ ...picture, lane: 'background' })
  return null
}

async function countPictures(db: Db): Promise<number> {
  const { images, missing, broken } = await db.read.countStats()
  return images - missing - broken
}
