import { AppError, isErrorCode, type ErrorCode } from '../../../shared/errors.ts'
import type { StoredPicture } from '../../db/queries/media.ts'
import type { JobRun } from '../../jobs/job-kind.ts'

/** A picture whose file is there. */
export type FoundPicture = StoredPicture & { readonly path: string }

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

interface PictureLoopOptions<Result> {
  readonly run: JobRun
  /** How many pictures to have in work at a time. */
  readonly slots: number
  /** Results that are stored together, and that a kill may lose. */
  readonly resultsPerBlock: number
  readonly compute: (picture: FoundPicture) => Promise<Result>
  /** Whatever it throws ends the job, and nothing more is stored. */
  readonly store: (results: readonly Result[]) => Promise<void>
}

/**
 * The loop of every job that takes pictures through a model: keeps the process busy, gathers results, stores them in
 * blocks, and tells a bad picture, which costs itself, from a bad pack, which ends the job.
 */
export class PictureLoop<Result> {
  readonly #options: PictureLoopOptions<Result>
  readonly #inWork = new Set<Promise<void>>()
  #results: Result[] = []
  #storing: Promise<void> = Promise.resolve()
  #modelFailures = 0
  #failure: Error | null = null

  constructor(options: PictureLoopOptions<Result>) {
    this.#options = options
  }

  /** Waits only while as many pictures are in work as the process can use. */
  async add(picture: FoundPicture): Promise<void> {
    while (this.#inWork.size >= this.#options.slots) await Promise.race(this.#inWork)
    if (this.#failure !== null) throw this.#failure
    const work = this.#compute(picture).finally(() => this.#inWork.delete(work))
    this.#inWork.add(work)
  }

  /** Stores what was computed, also when the job is being stopped. */
  async finish(): Promise<void> {
    await Promise.all(this.#inWork)
    await this.#storing
    await this.#storeBlock()
    this.#options.run.signal.throwIfAborted()
    if (this.#failure !== null) throw this.#failure
  }

  async #compute(picture: FoundPicture): Promise<void> {
    try {
      const result = await this.#options.compute(picture)
      this.#modelFailures = 0
      this.#results.push(result)
      if (this.#results.length >= this.#options.resultsPerBlock) {
        this.#storing = this.#storing.then(() => this.#storeBlock())
        await this.#storing
      }
    } catch (error) {
      this.#note(picture, error)
    }
  }

  #note(picture: FoundPicture, error: unknown): void {
    const { run } = this.#options
    // Being stopped is nobody's failure; the picture is asked for again when the job goes on.
    if (run.signal.aborted) return
    const failure = error instanceof Error ? error : new Error(String(error))
    const code = error instanceof AppError && isErrorCode(error.code) ? error.code : null
    const isModel = code === 'WORKER_CRASHED' || code === 'PACK_OUTPUT_INVALID'
    if (isModel) this.#modelFailures += 1
    if (code === null || !PICTURE_CODES.has(code) || this.#modelFailures >= MAX_MODEL_FAILURES) {
      // The first reason is the one that counts; the others follow from it.
      this.#failure ??= failure
      return
    }
    run.fail({ item: `image ${picture.id}`, code, message: failure.message })
  }

  async #storeBlock(): Promise<void> {
    const { run, store } = this.#options
    const results = this.#results
    this.#results = []
    if (results.length === 0 || this.#failure !== null) return
    try {
      await store(results)
      run.count('done', results.length)
      run.markProgress()
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error))
    }
  }
}
