import { z } from 'zod'
import { AppError, isErrorCode, type ErrorCode } from '../../../shared/errors.ts'
import type { StoredPicture } from '../../db/queries/media.ts'
import type { Db } from '../../db/client.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackStore } from '../../models/store.ts'
import { vectorFilePath, VectorWriter } from '../../models/vector-file.ts'
import type { VectorRecord } from '../../models/vector-format.ts'
import type { FeatureContext } from '../open-project.ts'
import type { InstalledEncoder } from './choose-pack.ts'

const params = z.strictObject({ packId: z.string(), revision: z.string() })
export type EmbedParams = z.infer<typeof params>

const PAGE = 256
/** Vectors that a kill may lose. */
const RECORDS_PER_BLOCK = 256
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

/**
 * Computes the vectors of the images that have none of this pack's revision. What is done is known from the vector
 * file itself, so a job that was stopped goes on where it was.
 */
export function createEmbedKind(options: {
  readonly context: FeatureContext
  readonly store: PackStore
  readonly inference: InferenceClient
}): JobKind<EmbedParams> {
  const { context, store, inference } = options
  return {
    name: 'models.embed',
    lane: 'gpu',
    params,
    dedupeKey: () => 'models.embed',
    title: ({ packId }) => `Compute image vectors with ${packId}`,
    async run({ packId, revision }, run) {
      const { db, files } = context.openProject()
      const pack = await getEncoder(store, { id: packId, revision })
      const path = vectorFilePath(files.cache, pack.manifest)
      const writer = await VectorWriter.open(path, pack.manifest.dimension, run.signal)
      reportDropped(writer, run)
      run.setTotal(await countPictures(db))
      const embedding = new Embedding({ writer, pack, run, store, inference })
      try {
        for await (const picture of listPictures(db, run.signal)) await embedding.add(picture)
      } finally {
        await embedding.finish()
      }
      run.setResult({ vectors: writer.count, bytes: writer.sizeBytes })
    },
  }
}

/** One run of the job: keeps the process busy, gathers vectors, and stores them in blocks. */
class Embedding {
  readonly #writer: VectorWriter
  readonly #pack: InstalledEncoder
  readonly #run: JobRun
  readonly #store: PackStore
  readonly #inference: InferenceClient
  readonly #inWork = new Set<Promise<void>>()
  #records: VectorRecord[] = []
  #storing: Promise<void> = Promise.resolve()
  #modelFailures = 0
  #failure: Error | null = null

  constructor(options: {
    readonly writer: VectorWriter
    readonly pack: InstalledEncoder
    readonly run: JobRun
    readonly store: PackStore
    readonly inference: InferenceClient
  }) {
    this.#writer = options.writer
    this.#pack = options.pack
    this.#run = options.run
    this.#store = options.store
    this.#inference = options.inference
  }

  /** Waits only while as many pictures are in work as the process can use. */
  async add(picture: StoredPicture): Promise<void> {
    if (picture.path === null) {
      this.#run.count('skipped')
      return
    }
    if (this.#writer.has({ imageId: picture.id, hash: picture.hash })) {
      this.#run.count('skipped')
      return
    }
    while (this.#inWork.size >= this.#inference.slots) await Promise.race(this.#inWork)
    if (this.#failure !== null) throw this.#failure
    const work = this.#embed(picture, picture.path).finally(() => this.#inWork.delete(work))
    this.#inWork.add(work)
  }

  /** Stores what was computed, also when the job is being stopped. */
  async finish(): Promise<void> {
    await Promise.all(this.#inWork)
    await this.#storing
    await this.#storeBlock()
    this.#run.signal.throwIfAborted()
    if (this.#failure !== null) throw this.#failure
  }

  async #embed(picture: StoredPicture, path: string): Promise<void> {
    const { folder, manifest } = this.#pack
    try {
      const { vector } = await this.#inference.picture(
        {
          pack: { folder, id: manifest.id, revision: manifest.revision },
          task: 'vector',
          path,
          hash: picture.hash,
          urgency: 'background',
        },
        { signal: this.#run.signal },
      )
      this.#modelFailures = 0
      this.#records.push({ imageId: picture.id, hash: picture.hash, vector })
      if (this.#records.length >= RECORDS_PER_BLOCK) {
        this.#storing = this.#storing.then(() => this.#storeBlock())
        await this.#storing
      }
    } catch (error) {
      this.#note(picture, error)
    }
  }

  #note(picture: StoredPicture, error: unknown): void {
    // Being stopped is nobody's failure; the picture is asked for again when the job goes on.
    if (this.#run.signal.aborted) return
    const failure = error instanceof Error ? error : new Error(String(error))
    const code = error instanceof AppError && isErrorCode(error.code) ? error.code : null
    const isModel = code === 'WORKER_CRASHED' || code === 'PACK_OUTPUT_INVALID'
    if (isModel) this.#modelFailures += 1
    if (code === null || !PICTURE_CODES.has(code) || this.#modelFailures >= MAX_MODEL_FAILURES) {
      // The first reason is the one that counts; the others follow from it.
      this.#failure ??= failure
      return
    }
    this.#run.fail({ item: `image ${picture.id}`, code, message: failure.message })
  }

  /** Throws PACK_CHANGED, and keeps nothing, when the pack was removed or replaced meanwhile. */
  async #storeBlock(): Promise<void> {
    const records = this.#records
    this.#records = []
    if (records.length === 0 || this.#failure !== null) return
    try {
      await getEncoder(this.#store, this.#pack.manifest)
      await this.#writer.append(records)
      this.#run.count('done', records.length)
      this.#run.markProgress()
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error))
    }
  }
}

async function getEncoder(
  store: PackStore,
  ref: { readonly id: string; readonly revision: string },
): Promise<InstalledEncoder> {
  try {
    const { manifest, ...place } = await store.get({ id: ref.id, revision: ref.revision })
    if (manifest.task === 'dual-encoder') return { manifest, ...place }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  throw new AppError(
    'PACK_CHANGED',
    `The model pack "${ref.id}" was removed or replaced meanwhile. Start again to use the one of now; vectors of the old one are kept apart.`,
  )
}

function reportDropped(writer: VectorWriter, run: JobRun): void {
  if (writer.droppedBytes === 0) return
  run.fail({
    item: 'vector file',
    code: 'VECTORS_CUT',
    message: `The last ${writer.droppedBytes} bytes of the vector file were cut short or damaged. They were thrown away, and their images are computed anew.`,
  })
}

async function* listPictures(db: Db, signal: AbortSignal): AsyncGenerator<StoredPicture> {
  let after = 0
  for (;;) {
    signal.throwIfAborted()
    const page = await db.read.listPictures({ after, limit: PAGE })
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
    for (const picture of page) {
      signal.throwIfAborted()
      yield picture
    }
  }
}

/** Readable images: those that can have a vector. */
export async function countPictures(db: Db): Promise<number> {
  const { images, missing, broken } = await db.read.countStats()
  return images - missing - broken
}
