import type { PackSpeed, PackTrial } from '../../../shared/contract/models.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackTask } from '../../../shared/domain/pack.ts'
import type { PictureCall, PictureTaskName } from '../../models/requests.ts'
import type { InstalledPack } from '../../models/store.ts'

interface Around {
  readonly db: Db
  readonly inference: InferenceClient
  readonly pack: InstalledPack
}

/** Long enough for an even rate, short enough to wait for. */
const MEASURE_MS = 4_000
/** Run before the clock starts, so that loading the model and finding a batch size do not count. */
const WARM_UP_IMAGES = 32
const MAX_IMAGES = 512

/** What a pack computes of a picture in its job. */
const TASK_NAMES: Readonly<Record<Exclude<PackTask, 'captioner'>, PictureTaskName>> = {
  'dual-encoder': 'vector',
  detector: 'boxes',
  ocr: 'lines',
}

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
  const task = taskOf(pack)
  let next = 0
  const lookAtNext = async (): Promise<void> => {
    const picture = pictures[next % pictures.length]
    next += 1
    if (picture === undefined) return
    await inference.picture({
      pack: placeOf(pack),
      task: TASK_NAMES[task],
      urgency: 'background',
      ...picture,
    })
  }
  await Promise.all(Array.from({ length: WARM_UP_IMAGES }, lookAtNext))
  const started = performance.now()
  let images = 0
  await Promise.all(
    Array.from({ length: inference.slots }, async () => {
      while (performance.now() - started < MEASURE_MS) {
        await lookAtNext()
        images += 1
      }
    }),
  )
  const ms = performance.now() - started
  const device = (await inference.status())?.devices.device ?? 'cpu'
  return { imagesPerSecond: (images * 1000) / ms, images, ms: Math.round(ms), device }
}

/** What the pack makes of one image. Throws IMAGE_NOT_FOUND where it has no file. */
export async function tryOnImage(
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
  const call = {
    pack: placeOf(pack),
    path: picture.path,
    hash: picture.hash,
    urgency: 'interactive',
  } as const
  switch (taskOf(pack)) {
    case 'detector': {
      const boxes = await inference.picture({ ...call, task: 'boxes' })
      return { phrases: [], found: boxes.map(({ label, score }) => ({ text: label, score })) }
    }
    case 'ocr': {
      const lines = await inference.picture({ ...call, task: 'lines' })
      return { phrases: [], found: lines.map(({ text, score }) => ({ text, score })) }
    }
    case 'dual-encoder':
      return { phrases: await scorePhrases(wish.phrases, call, inference), found: [] }
  }
}

async function scorePhrases(
  phrases: readonly string[],
  call: Omit<PictureCall, 'task'>,
  inference: InferenceClient,
): Promise<PackTrial['phrases']> {
  const { pack, urgency } = call
  const [seen, texts] = await Promise.all([
    inference.picture({ ...call, task: 'vector' }),
    inference.texts({ pack, texts: phrases, kind: 'phrase', urgency }),
  ])
  return texts.map(({ vector, isCut }, index) => ({
    text: phrases[index] ?? '',
    score: dotProduct(seen.vector, vector),
    isCut,
  }))
}

/** Throws PACK_INVALID for packs of a task that Realign cannot run yet. */
function taskOf({ manifest }: InstalledPack): Exclude<PackTask, 'captioner'> {
  if (manifest.task !== 'captioner') return manifest.task
  throw new AppError(
    'PACK_INVALID',
    `"${manifest.name}" writes captions, which is not measured or tried here. Choose an encoder, a detector or an OCR pack.`,
  )
}

/** The cosine of two vectors of unit length. */
function dotProduct(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

function placeOf({ folder, manifest }: InstalledPack) {
  return { folder, id: manifest.id, revision: manifest.revision }
}
