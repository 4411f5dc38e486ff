import type { PackSpeed, PackTrial } from '../../../shared/contract/models.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { InstalledEncoder } from './choose-pack.ts'

interface Around {
  readonly db: Db
  readonly inference: InferenceClient
  readonly pack: InstalledEncoder
}

/** Long enough for an even rate, short enough to wait for. */
const MEASURE_MS = 4_000
/** Run before the clock starts, so that loading the model and finding a batch size do not count. */
const WARM_UP_IMAGES = 32
const MAX_IMAGES = 512

/** How many images a second the pack takes in on this machine, reading and resizing included. */
export async function measureSpeed({ db, inference, pack }: Around): Promise<PackSpeed> {
  const pictures = (await db.read.listPictures({ after: 0, limit: MAX_IMAGES })).flatMap(
    ({ path, hash }) => (path === null ? [] : [{ path, hash }]),
  )
  if (pictures.length === 0) {
    throw new AppError(
      'IMAGE_NOT_FOUND',
      'The speed is measured with images of the open project, but it has none that can be read. Import some first.',
    )
  }
  let next = 0
  const embedNext = async (): Promise<void> => {
    const picture = pictures[next % pictures.length]
    next += 1
    if (picture === undefined) return
    await inference.picture({
      pack: placeOf(pack),
      task: 'vector',
      urgency: 'background',
      ...picture,
    })
  }
  await Promise.all(Array.from({ length: WARM_UP_IMAGES }, embedNext))
  const started = performance.now()
  let images = 0
  await Promise.all(
    Array.from({ length: inference.slots }, async () => {
      while (performance.now() - started < MEASURE_MS) {
        await embedNext()
        images += 1
      }
    }),
  )
  const ms = performance.now() - started
  const device = (await inference.status())?.devices.device ?? 'cpu'
  return { imagesPerSecond: (images * 1000) / ms, images, ms: Math.round(ms), device }
}

/** How well each phrase fits one image. Throws IMAGE_NOT_FOUND where it has no file. */
export async function tryPhrases(
  wish: { readonly imageId: ImageId; readonly phrases: readonly string[] },
  { db, inference, pack }: Around,
): Promise<PackTrial> {
  const picture = await db.read.findPicture({ id: wish.imageId })
  if (picture?.path == null) {
    throw new AppError(
      'IMAGE_NOT_FOUND',
      `Image ${wish.imageId} has no file that could be looked at. Choose another image.`,
    )
  }
  const place = placeOf(pack)
  const [seen, texts] = await Promise.all([
    inference.picture({
      pack: place,
      task: 'vector',
      path: picture.path,
      hash: picture.hash,
      urgency: 'interactive',
    }),
    inference.texts({ pack: place, texts: wish.phrases, kind: 'phrase', urgency: 'interactive' }),
  ])
  return {
    phrases: texts.map(({ vector, isCut }, index) => ({
      text: wish.phrases[index] ?? '',
      score: dotProduct(seen.vector, vector),
      isCut,
    })),
  }
}

/** The cosine of two vectors of unit length. */
function dotProduct(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

function placeOf({ folder, manifest }: InstalledEncoder) {
  return { folder, id: manifest.id, revision: manifest.revision }
}
