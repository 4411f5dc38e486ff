import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { GroupMember } from '../../db/queries/duplicates.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import type { MediaClient } from '../../media/client.ts'
import type { InferenceClient } from '../../models/client.ts'
import { VECTOR_BANDS } from '../../models/near-vectors.ts'
import { vectorFilePath } from '../../models/vector-file.ts'
import type { FeatureContext } from '../open-project.ts'
import { imageAt, positionOf, readHashedImages, type HashedImages } from './hashed-images.ts'
import { LookAlikes, type LookAlike } from './look-alikes.ts'
import { findNearHashes, MAX_HASH_DISTANCE } from '../../curation/near-hashes.ts'

const params = z.strictObject({
  hashDistance: z.int().min(0).max(MAX_HASH_DISTANCE),
  /** Null where vectors are not compared. */
  vectors: z
    .strictObject({
      packId: z.string(),
      revision: z.string(),
      dimension: z.int(),
      cosine: z.number(),
    })
    .nullable(),
})
export type DuplicatesParams = z.infer<typeof params>

/** Members that are measured and stored together. */
const BLOCK = 64

interface Tools {
  readonly context: FeatureContext
  readonly media: MediaClient
  readonly inference: InferenceClient
}

/** Looks for images that look alike; each look begins anew and takes the place of the last one when it ends. */
export function createDuplicatesKind(tools: Tools): JobKind<DuplicatesParams> {
  const { context } = tools
  return {
    name: 'duplicates.find',
    lane: 'cpu',
    params,
    dedupeKey: () => 'duplicates.find',
    title: () => 'Look for duplicates',
    async run(wish, run) {
      const { db } = context.openProject()
      const images = await readHashedImages(db, run)
      run.setTotal(images.count)
      const alikes = new LookAlikes(images.count)
      await linkByHash(images, alikes, { most: wish.hashDistance, run })
      const vectorCount = await linkByVector(images, alikes, { wish, run, tools })
      run.count('done', images.count)
      const groups = alikes.groups()
      const { vectors, hashDistance } = wish
      const runId = await db.write.startDuplicateRun({
        hashDistance,
        cosine: vectors?.cosine ?? null,
        pack: vectors === null ? null : { id: vectors.packId, revision: vectors.revision },
        imageCount: images.count,
        vectorCount,
        now: Date.now(),
      })
      const members = await storeGroups(groups, images, { db, runId, run, media: tools.media })
      await db.write.endDuplicateRun({ runId, now: Date.now() })
      run.setResult({
        groups: groups.length,
        images: members,
        compared: images.count,
        vectors: vectorCount,
      })
      context.publish({ topic: 'images', imageIds: null, isStructural: true })
    },
  }
}

async function linkByHash(
  images: HashedImages,
  alikes: LookAlikes,
  { most, run }: { readonly most: number; readonly run: JobRun },
): Promise<void> {
  for (const links of findNearHashes(images, most)) {
    for (const link of links) alikes.linkByHash(link)
    // Requests are answered in between.
    await new Promise((resolve) => setImmediate(resolve))
    run.signal.throwIfAborted()
  }
}

/** Answers how many images had a vector. */
async function linkByVector(
  images: HashedImages,
  alikes: LookAlikes,
  how: { readonly wish: DuplicatesParams; readonly run: JobRun; readonly tools: Tools },
): Promise<number> {
  const { vectors } = how.wish
  if (vectors === null) return 0
  const { context, inference } = how.tools
  const pack = { id: vectors.packId, revision: vectors.revision }
  const path = vectorFilePath(context.openProject().files.cache, pack)
  const { dimension, cosine } = vectors
  let count = 0
  for (let band = 0; band < VECTOR_BANDS; band += 1) {
    const near = await inference.nearImages(
      { path, dimension, cosine, band },
      { signal: how.run.signal },
    )
    count = near.covered
    for (const { imageIds, hashes, cosine: found } of near.links) {
      const left = positionOf(images, { id: imageIds[0], hash: hashes[0] })
      const right = positionOf(images, { id: imageIds[1], hash: hashes[1] })
      if (left !== null && right !== null) alikes.linkByVector({ left, right, cosine: found })
    }
  }
  return count
}

/** Measures the members of groups and stores them; answers how many there are. */
async function storeGroups(
  groups: readonly (readonly LookAlike[])[],
  images: HashedImages,
  at: {
    readonly db: Db
    readonly runId: number
    readonly run: JobRun
    readonly media: MediaClient
  },
): Promise<number> {
  const { db, runId, run } = at
  let block: { readonly group: number; readonly alike: LookAlike }[] = []
  let count = 0
  const store = async (): Promise<void> => {
    run.signal.throwIfAborted()
    const members = await Promise.all(
      block.map(({ group, alike }) => toMember(images, { ...at, group, alike })),
    )
    block = []
    await db.write.storeDuplicates({ runId, members })
  }
  for (const [index, group] of groups.entries()) {
    for (const alike of group) {
      block.push({ group: index + 1, alike })
      count += 1
      if (block.length >= BLOCK) await store()
    }
  }
  await store()
  return count
}

async function toMember(
  images: HashedImages,
  at: {
    readonly db: Db
    readonly run: JobRun
    readonly media: MediaClient
    readonly group: number
    readonly alike: LookAlike
  },
): Promise<GroupMember> {
  const { position, hashDistance, cosine } = at.alike
  const imageId = imageAt(images, position)
  const picture = await at.db.read.findPicture({ id: imageId })
  let sharpness: number | null = null
  if (picture?.path != null) {
    try {
      const { path, hash } = picture
      sharpness = await at.media.sharpness({ path, hash }, { signal: at.run.signal })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // It stays in its group; only that it is the sharpest cannot be said.
      at.run.fail({ item: `image ${imageId}`, code: error.code, message: error.message })
    }
  }
  return { group: at.group, imageId, hashDistance, cosine, sharpness }
}
