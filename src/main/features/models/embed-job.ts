import { z } from 'zod'
import type { StoredPicture } from '../../db/queries/media.ts'
import type { Db } from '../../db/client.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackStore } from '../../models/store.ts'
import { vectorFilePath, VectorWriter } from '../../models/vector-file.ts'
import type { VectorRecord } from '../../models/vector-format.ts'
import type { FeatureContext } from '../open-project.ts'
import { requireEncoder, requireUnchanged } from './choose-pack.ts'
import { PictureLoop } from './picture-loop.ts'

const params = z.strictObject({ packId: z.string(), revision: z.string() })
export type EmbedParams = z.infer<typeof params>

const TASK = 'dual-encoder'
const PAGE = 256
/** Vectors that a kill may lose. */
const RECORDS_PER_BLOCK = 256

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
      const pack = requireEncoder(await requireUnchanged(store, { id: packId, revision }, TASK))
      const { folder, manifest } = pack
      const writer = await VectorWriter.open(
        vectorFilePath(files.cache, manifest),
        manifest.dimension,
        run.signal,
      )
      reportDropped(writer, run)
      run.setTotal(await countPictures(db))
      const call = {
        pack: { folder, id: manifest.id, revision: manifest.revision },
        task: 'vector',
        urgency: 'background',
      } as const
      const loop = new PictureLoop<VectorRecord>({
        run,
        slots: inference.slots,
        resultsPerBlock: RECORDS_PER_BLOCK,
        async compute({ id, path, hash }) {
          const asked = { ...call, path, hash }
          const { vector } = await inference.picture(asked, { signal: run.signal })
          return { imageId: id, hash, vector }
        },
        async store(records) {
          await requireUnchanged(store, manifest, TASK)
          await writer.append(records)
        },
      })
      try {
        for await (const picture of listPictures(db, run.signal)) {
          const { id, path, hash } = picture
          if (path === null || writer.has({ imageId: id, hash })) run.count('skipped')
          else await loop.add({ ...picture, path })
        }
      } finally {
        await loop.finish()
      }
      run.setResult({ vectors: writer.count, bytes: writer.sizeBytes })
    },
  }
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
