import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { MediaClient } from '../../media/client.ts'
import type { FeatureContext } from '../open-project.ts'

const PAGE = 32
const THUMBNAIL_PX = 256

/**
 * Makes the thumbnails that nobody has looked at yet, after those on screen. It keeps no cursor: a thumbnail that is
 * there already costs one look at the cache folder.
 */
export function createThumbnailKind(
  context: FeatureContext,
  media: MediaClient,
): JobKind<Record<string, never>> {
  return {
    name: 'media.thumbnails',
    lane: 'cpu',
    params: z.strictObject({}),
    dedupeKey: () => 'media.thumbnails',
    title: () => 'Make thumbnails',
    async run(_params, run) {
      const { db, files } = context.openProject()
      let total = await countPictures(db)
      run.setTotal(total)
      let seen = 0
      let after = 0
      for (;;) {
        run.signal.throwIfAborted()
        const page = await db.read.listPictures({ after, limit: PAGE })
        const last = page.at(-1)
        if (last === undefined) return
        after = last.id
        seen += page.length
        if (seen > total) {
          // An import is adding pictures while this job follows it.
          total = Math.max(seen, await countPictures(db))
          run.setTotal(total)
        }
        await Promise.all(
          page.map(async (picture) => {
            try {
              if (picture.path === null) return
              await media.thumbnail({
                hash: picture.hash,
                path: picture.path,
                sizePx: THUMBNAIL_PX,
                cacheFolder: files.cache,
                lane: 'background',
              })
              run.count('done')
            } catch (error) {
              if (!(error instanceof AppError)) throw error
              run.fail({ item: `image ${picture.id}`, code: error.code, message: error.message })
            }
          }),
        )
        run.markProgress()
      }
    },
  }
}

async function countPictures(db: Db): Promise<number> {
  const { images, missing, broken } = await db.read.countStats()
  return images - missing - broken
}
