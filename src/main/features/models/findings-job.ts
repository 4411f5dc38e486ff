import { z } from 'zod'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import type { Db } from '../../db/client.ts'
import type { FindingTask, NewResult } from '../../db/queries/machine-results.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import type { PackStore } from '../../models/store.ts'
import type { FeatureContext } from '../open-project.ts'
import { requireUnchanged } from './choose-pack.ts'
import { PictureLoop, type FoundPicture } from './picture-loop.ts'

const params = z.strictObject({
  packId: z.string(),
  revision: z.string(),
  where: z.string(),
  /** Whose query it is. */
  personId: z.int(),
})
export type FindingsParams = z.infer<typeof params>

const ID_PAGE = 50_000
const PAGE = 256
/** Results that a kill may lose. */
const RESULTS_PER_BLOCK = 32

const WORDS = {
  detect: { kind: 'models.detect', title: 'Find things with', needs: 'detector' },
  ocr: { kind: 'models.ocr', title: 'Read text with', needs: 'ocr' },
} as const

interface Tools {
  readonly context: FeatureContext
  readonly store: PackStore
  readonly inference: InferenceClient
}

/**
 * Looks with one pack at the images of a query that it has not looked at. What is done is known from the results, so
 * a job that was stopped goes on where it was.
 */
export function createFindingsKind(task: FindingTask, tools: Tools): JobKind<FindingsParams> {
  const { kind, title, needs } = WORDS[task]
  return {
    name: kind,
    lane: 'gpu',
    params,
    dedupeKey: ({ packId, revision, where }) => `${kind} ${packId} ${revision} ${where}`,
    title: ({ packId }) => `${title} ${packId}`,
    async run(wish, run) {
      const { db } = tools.context.openProject()
      const pack = { id: wish.packId, revision: wish.revision }
      const getPack = () => requireUnchanged(tools.store, pack, needs)
      const { folder } = await getPack()
      const look = createLook(task, { ...tools, place: { folder, ...pack }, signal: run.signal })
      const facts = { pictures: 0, found: 0 }
      const loop = new PictureLoop<NewResult>({
        run,
        slots: tools.inference.slots,
        resultsPerBlock: RESULTS_PER_BLOCK,
        compute: look,
        async store(results) {
          await getPack()
          await db.write.storeFindings({ pack, results, now: Date.now() })
          facts.pictures += results.length
          for (const result of results) facts.found += countFound(result)
        },
      })
      const ids = await readIds(db, wish)
      run.setTotal(ids.length)
      try {
        for (let from = 0; from < ids.length; from += PAGE) {
          const page = ids.slice(from, from + PAGE)
          const work = await db.read.listFindingWork({ ids: page, task, pack })
          run.count('skipped', page.length - work.length)
          for (const { picture, isDone } of work) {
            run.signal.throwIfAborted()
            const { path } = picture
            if (isDone || path === null) run.count('skipped')
            else await loop.add({ ...picture, path })
          }
        }
      } finally {
        await loop.finish()
      }
      run.setResult(facts)
    },
  }
}

function createLook(
  task: FindingTask,
  at: {
    readonly inference: InferenceClient
    readonly place: PackPlace
    readonly signal: AbortSignal
  },
): (picture: FoundPicture) => Promise<NewResult> {
  const { inference, place, signal } = at
  return async ({ path, hash }) => {
    const call = { pack: place, path, hash, urgency: 'background' } as const
    if (task === 'detect') {
      return { task, hash, boxes: await inference.picture({ ...call, task: 'boxes' }, { signal }) }
    }
    const lines = await inference.picture({ ...call, task: 'lines' }, { signal })
    return { task, hash, lines: lines.map((line) => ({ ...line, quad: [...line.quad] })) }
  }
}

function countFound(result: NewResult): number {
  return result.task === 'detect' ? result.boxes.length : result.lines.length
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
