import type { PackManifest } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import { BatchSize } from './batch-size.ts'
import type { ComputeQueue } from './compute-queue.ts'
import type { PictureRequest, PreparedFile } from './pictures.ts'
import type { Urgency } from './requests.ts'
import type { PackRuntime, PictureTask, PreparedPicture, View } from './tasks/task.ts'
import type { VisiblePixels } from './tasks/image-tensor.ts'

/** Reads and resizes pictures somewhere else than on the thread that computes. */
export interface PictureReader {
  prepare(request: PictureRequest & { readonly views: readonly View[] }): Promise<PreparedFile>
  pixels(request: PictureRequest): Promise<VisiblePixels>
}

interface Item<Result> {
  readonly request: PictureRequest
  readonly urgency: Urgency
  readonly settled: PromiseWithResolvers<Result>
}

interface Prepared<Result> extends Item<Result> {
  readonly picture: PreparedPicture
}

/** Batches that are prepared ahead, so that the next is ready when one ends. */
const BATCHES_AHEAD = 2

/**
 * Takes pictures through one task of one pack: prepares ahead while the model computes, and computes in batches of the
 * size that was found to be the fastest.
 */
export class PicturePipeline<Pack extends PackManifest, Result> {
  readonly #runtime: PackRuntime<Pack>
  readonly #task: PictureTask<Pack, Result>
  readonly #reader: PictureReader
  readonly #queue: ComputeQueue
  readonly #views: readonly View[]
  readonly #batch = new BatchSize(null)
  readonly #waiting: Record<Urgency, Item<Result>[]> = { interactive: [], background: [] }
  readonly #prepared: Record<Urgency, Prepared<Result>[]> = { interactive: [], background: [] }
  #preparing = 0
  #scheduled: Record<Urgency, boolean> = { interactive: false, background: false }
  #computed = { count: 0, ms: 0 }

  constructor(options: {
    readonly runtime: PackRuntime<Pack>
    readonly task: PictureTask<Pack, Result>
    readonly reader: PictureReader
    readonly queue: ComputeQueue
  }) {
    this.#runtime = options.runtime
    this.#task = options.task
    this.#reader = options.reader
    this.#queue = options.queue
    this.#views = options.task.views(options.runtime.manifest)
  }

  get batchSize(): number {
    return this.#batch.size
  }

  /** Of compute alone, over all batches of the size in use; null before any. */
  get perSecond(): number | null {
    return this.#computed.ms === 0 ? null : (this.#computed.count * 1_000) / this.#computed.ms
  }

  add(request: PictureRequest, urgency: Urgency): Promise<Result> {
    const item: Item<Result> = { request, urgency, settled: Promise.withResolvers() }
    this.#waiting[urgency].push(item)
    this.#pump()
    return item.settled.promise
  }

  #pump(): void {
    const { interactive, background } = this.#waiting
    const ahead = Math.max(4, this.#batch.size * (BATCHES_AHEAD + 1))
    while (interactive.length + background.length > 0) {
      const held = this.#preparing + this.#prepared.background.length
      if (interactive.length === 0 && held >= ahead) break
      const item = interactive.shift() ?? background.shift()
      if (item !== undefined) void this.#prepare(item)
    }
    this.#schedule()
  }

  async #prepare(item: Item<Result>): Promise<void> {
    const { request, urgency, settled } = item
    this.#preparing += 1
    try {
      const file = await this.#reader.prepare({ ...request, views: this.#views })
      const picture = { ...file, pixels: () => this.#reader.pixels(request) }
      this.#prepared[urgency].push({ ...item, picture })
    } catch (error) {
      settled.reject(error)
    } finally {
      this.#preparing -= 1
      this.#pump()
    }
  }

  /** A full batch goes at once; a part of one only when nothing more is coming. */
  #schedule(): void {
    for (const urgency of ['interactive', 'background'] as const) {
      const ready = this.#prepared[urgency].length
      const isComing = this.#preparing + this.#waiting[urgency].length > 0
      const isEnough =
        urgency === 'interactive' ? ready > 0 : ready >= this.#batch.size || !isComing
      if (ready === 0 || !isEnough || this.#scheduled[urgency]) continue
      this.#scheduled[urgency] = true
      void this.#queue.run(urgency, () => this.#compute(urgency)).finally(() => this.#pump())
    }
  }

  async #compute(urgency: Urgency): Promise<void> {
    this.#scheduled[urgency] = false
    const items = this.#prepared[urgency].splice(0, this.#batch.size)
    // While this batch is computed, the next ones are prepared.
    this.#pump()
    if (items.length > 0) await this.#computeItems(items)
  }

  async #computeItems(items: readonly Prepared<Result>[]): Promise<void> {
    const start = performance.now()
    let results: readonly Result[]
    try {
      results = await this.#task.run(
        this.#runtime,
        items.map((item) => item.picture),
      )
    } catch (error) {
      await this.#recover(items, error)
      return
    }
    const milliseconds = performance.now() - start
    if (items.length === this.#batch.size) {
      this.#computed.count += items.length
      this.#computed.ms += milliseconds
    }
    const before = this.#batch.size
    this.#batch.observe(items.length, milliseconds)
    if (this.#batch.size !== before) this.#computed = { count: 0, ms: 0 }
    for (const [index, item] of items.entries()) {
      const result = results[index]
      if (result === undefined) item.settled.reject(new Error('A task left a picture out.'))
      else item.settled.resolve(result)
    }
  }

  /** Too much for the memory is tried in halves; one picture with impossible numbers costs itself and no other. */
  async #recover(items: readonly Prepared<Result>[], error: unknown): Promise<void> {
    const code = error instanceof AppError ? error.code : null
    if (code === 'MODEL_MEMORY_EXHAUSTED' && this.#batch.halve(items.length)) {
      const half = this.#batch.size
      for (let from = 0; from < items.length; from += half) {
        await this.#computeItems(items.slice(from, from + half))
      }
      return
    }
    if (code === 'PACK_OUTPUT_INVALID' && items.length > 1) {
      for (const item of items) await this.#computeItems([item])
      return
    }
    for (const item of items) item.settled.reject(error)
  }
}
