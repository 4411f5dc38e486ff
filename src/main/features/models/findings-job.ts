import { z } from 'zod'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import type { PackRef } from '../../../shared/domain/pack.ts'
import { AppError, isErrorCode, type ErrorCode } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { FindingTask, NewResult } from '../../db/queries/machine-results.ts'
import type { StoredPicture } from '../../db/queries/media.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import type { PackStore } from '../../models/store.ts'
import type { FeatureContext } from '../open-project.ts'

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
/** What one picture may be to blame for; anything else is wrong with the pack or the machine, and ends the job. */
const PICTURE_CODES: ReadonlySet<ErrorCode> = new Set([
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'IMAGE_FILE_MISSING',
  'WORKER_CRASHED',
  'PACK_OUTPUT_INVALID',
])
/** So many failures of the model in a row are not the pictures' fault. */
const MAX_MODEL_FAILURES = 20

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
  const { kind, title } = WORDS[task]
  return {
    name: kind,
    lane: 'gpu',
    params,
    dedupeKey: ({ packId, revision, where }) => `${kind} ${packId} ${revision} ${where}`,
    title: ({ packId }) => `${title} ${packId}`,
    async run(wish, run) {
      const { db } = tools.context.openProject()
      const pack = { id: wish.packId, revision: wish.revision }
      const finding = new Finding({ task, pack, run, db, ...tools })
      const ids = await readIds(db, wish)
      run.setTotal(ids.length)
      try {
        for (let from = 0; from < ids.length; from += PAGE) {
          run.signal.throwIfAborted()
          await finding.addAll(ids.slice(from, from + PAGE))
        }
      } finally {
        await finding.finish()
      }
      run.setResult({ pictures: finding.pictures, found: finding.found })
    },
  }
}

interface FindingOptions extends Tools {
  readonly task: FindingTask
  readonly pack: PackRef
  readonly run: JobRun
  readonly db: Db
}

/** One run of the job: keeps the process busy, gathers results, and stores them in blocks. */
class Finding {
  /** Pictures looked at, and boxes or lines found in them. */
  pictures = 0
  found = 0
  readonly #options: FindingOptions
  readonly #inWork = new Set<Promise<void>>()
  #results: NewResult[] = []
  #storing: Promise<void> = Promise.resolve()
  #modelFailures = 0
  #failure: Error | null = null

  constructor(options: FindingOptions) {
    this.#options = options
  }

  /** Waits only while as many pictures are in work as the process can use. */
  async addAll(ids: readonly ImageId[]): Promise<void> {
    const { db, task, pack, run, inference } = this.#options
    const place = await this.#findPack()
    const work = await db.read.listFindingWork({ ids, task, pack })
    run.count('skipped', ids.length - work.length)
    for (const { picture, isDone } of work) {
      run.signal.throwIfAborted()
      while (this.#inWork.size >= inference.slots) await Promise.race(this.#inWork)
      if (this.#failure !== null) throw this.#failure
      if (isDone || picture.path === null) {
        run.count('skipped')
        continue
      }
      const looking = this.#look(picture, { path: picture.path, place }).finally(() =>
        this.#inWork.delete(looking),
      )
      this.#inWork.add(looking)
    }
  }

  /** Stores what was found, also when the job is being stopped. */
  async finish(): Promise<void> {
    await Promise.all(this.#inWork)
    await this.#storing
    if (this.#failure === null) await this.#storeBlock()
    if (this.#failure !== null) throw this.#failure
  }

  async #look(
    picture: StoredPicture,
    at: { readonly path: string; readonly place: PackPlace },
  ): Promise<void> {
    try {
      const result = await this.#ask(picture, at)
      this.#modelFailures = 0
      this.#results.push(result)
      if (this.#results.length >= RESULTS_PER_BLOCK) {
        this.#storing = this.#storing.then(() => this.#storeBlock())
        await this.#storing
      }
    } catch (error) {
      this.#note(picture, error)
    }
  }

  async #ask(
    { hash }: StoredPicture,
    at: { readonly path: string; readonly place: PackPlace },
  ): Promise<NewResult> {
    const { task, inference, run } = this.#options
    const call = { pack: at.place, path: at.path, hash, urgency: 'background' } as const
    const asking = { signal: run.signal }
    if (task === 'detect') {
      const boxes = await inference.picture({ ...call, task: 'boxes' }, asking)
      this.found += boxes.length
      return { task, hash, boxes }
    }
    const found = await inference.picture({ ...call, task: 'lines' }, asking)
    this.found += found.length
    return { task, hash, lines: found.map((line) => ({ ...line, quad: [...line.quad] })) }
  }

  #note(picture: StoredPicture, error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error))
    const code = error instanceof AppError && isErrorCode(error.code) ? error.code : null
    const isModel = code === 'WORKER_CRASHED' || code === 'PACK_OUTPUT_INVALID'
    if (isModel) this.#modelFailures += 1
    if (code === null || !PICTURE_CODES.has(code) || this.#modelFailures >= MAX_MODEL_FAILURES) {
      // The first reason is the one that counts: an abort lets all others fail too.
      this.#failure ??= failure
      return
    }
    this.#options.run.fail({ item: `image ${picture.id}`, code, message: failure.message })
  }

  /** Throws PACK_CHANGED, and keeps nothing, when the pack was removed or replaced meanwhile. */
  async #storeBlock(): Promise<void> {
    const { db, pack, run } = this.#options
    const results = this.#results
    this.#results = []
    if (results.length === 0 || this.#failure !== null) return
    try {
      await this.#findPack()
      await db.write.storeFindings({ pack, results, now: Date.now() })
      this.pictures += results.length
      run.count('done', results.length)
      run.markProgress()
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error))
    }
  }

  async #findPack(): Promise<PackPlace> {
    const { store, pack, task } = this.#options
    try {
      const { manifest, folder } = await store.get(pack)
      if (manifest.task === WORDS[task].needs) return { folder, ...pack }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
    throw new AppError(
      'PACK_CHANGED',
      `The model pack "${pack.id}" was removed or replaced meanwhile. Start again to use the one of now; what the old one found is kept apart.`,
    )
  }
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
