import type { ImageId } from '../../../shared/domain/ids.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import type { SearchTerm } from '../../models/vector-search.ts'

/** Where the vectors of a project's images by one encoder lie. */
export interface VectorPlace {
  readonly path: string
  readonly dimension: number
}

export interface LookAlikesWish {
  readonly inference: Pick<InferenceClient, 'search' | 'picture'>
  readonly pack: PackPlace
  readonly vectors: VectorPlace
  readonly image: { readonly id: ImageId; readonly path: string; readonly hash: string }
  readonly count: number
}

export interface LookAlike {
  readonly imageId: ImageId
  readonly hash: string
  readonly cosine: number
}

/** Nearer than this two pictures are taken for the same one, and nothing sets them apart. */
const NEAR_DUPLICATE = 0.96
/** Further hits in case the nearest are the same picture again. */
const SPARE = 24

/** The images that look most like one, the nearest first; near duplicates are left out. */
export async function findLookAlikes(wish: LookAlikesWish): Promise<readonly LookAlike[]> {
  const { inference, vectors, image, count } = wish
  const find = (term: SearchTerm) =>
    inference.search({
      ...{ ...vectors, terms: [term], among: null, except: [image.id] },
      count: count + SPARE,
    })
  let answer = await find({ kind: 'image', imageId: image.id, weight: 1 })
  if (answer.covered === 0) return []
  if (answer.unknownIds.length > 0) {
    const vector = await vectorOf(wish)
    answer = await find({ kind: 'vector', vector, weight: 1 })
  }
  return answer.hits
    .filter(({ score, hash }) => score <= NEAR_DUPLICATE && hash !== image.hash)
    .slice(0, count)
    .map(({ imageId, score, hash }) => ({ imageId: imageId as ImageId, hash, cosine: score }))
}

/** The picture's own vector, computed where the project has none of it yet. */
export async function vectorOf({
  inference,
  pack,
  image,
}: Pick<LookAlikesWish, 'inference' | 'pack' | 'image'>): Promise<Float32Array> {
  const { path, hash } = image
  const found = await inference.picture({
    ...{ pack, task: 'vector', path, hash, urgency: 'interactive' },
  })
  return found.vector
}
