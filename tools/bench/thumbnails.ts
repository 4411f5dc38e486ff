import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { openChild } from '../../src/main/base/channel-hosts.ts'
import { silentLog } from '../../src/main/base/log.ts'
import { createMediaClient, type MediaClient } from '../../src/main/media/client.ts'
import { DECODE_SLOTS } from '../../src/main/media/decode-slots.ts'
import { THUMBNAIL_QUALITY, WEBP_EFFORT } from '../../src/main/media/webp-settings.ts'
import type { BenchRow } from './bench-row.ts'
import { writePhotos, type Photo } from './photos.ts'

const PHOTOS = 200
/** The two take turns by small batches, because other work on the machine comes and goes. */
const BATCH = 20
const ROUNDS = 2
const SIZE_PX = 256
const MEDIA_ENTRY = fileURLToPath(new URL('../../src/main/workers/media.ts', import.meta.url))

/**
 * Thumbnails a second through the media client (process, hash check, cache writes) against bare sharp that writes the same
 * bytes at the same concurrency, in turns so that a busy machine hits both alike; and files probed a second.
 */
export async function benchThumbnails(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-bench-'))
  const client = createMediaClient({
    spawn: (_name, data) => openChild(MEDIA_ENTRY, data),
    log: silentLog,
  })
  try {
    const photos = await writePhotos(join(folder, 'photos'), PHOTOS)
    const probing = await timeProbing(client, photos)
    const turns = await takeTurns(client, photos, folder)
    const value = median(turns.map((turn) => turn.client))
    const limit = median(turns.map((turn) => turn.bare))
    const ratio = median(turns.map((turn) => turn.client / turn.bare))
    return [
      { case: 'thumbnails', value, unit: 'thumbnails/s', limit, ratio },
      { case: 'probing', value: probing, unit: 'files/s', limit: null, ratio: null },
    ]
  } finally {
    client.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Turn {
  /** Thumbnails a second. */
  readonly client: number
  readonly bare: number
}

async function takeTurns(
  client: MediaClient,
  photos: readonly Photo[],
  folder: string,
): Promise<Turn[]> {
  const turns: Turn[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const clientFolder = join(folder, `client-${round}`)
    const bareFolder = join(folder, `bare-${round}`)
    for (let at = 0; at < photos.length; at += BATCH) {
      const batch = photos.slice(at, at + BATCH)
      const timeOurs = (): Promise<number> => timeClient(client, batch, clientFolder)
      const timeTheirs = (): Promise<number> => timeBare(batch, bareFolder)
      // Who goes first changes, as the first finds the files less often in the disk's cache.
      const isOursFirst = (at / BATCH) % 2 === 0
      const first = await (isOursFirst ? timeOurs() : timeTheirs())
      const second = await (isOursFirst ? timeTheirs() : timeOurs())
      turns.push(isOursFirst ? { client: first, bare: second } : { client: second, bare: first })
    }
    await requireSameOutput(photos, clientFolder, bareFolder)
  }
  return turns
}

async function timeProbing(client: MediaClient, photos: readonly Photo[]): Promise<number> {
  const items = photos.map(({ hash, path }) => ({ key: hash, path }))
  // The first answers include the start of the process.
  await client.probe(items.slice(0, 4), {})
  return perSecond(items.length, async () => {
    const probes = await client.probe(items, {})
    const wrong = probes.find((probe) => !probe.ok || probe.sha256 !== probe.key)
    if (wrong !== undefined) throw new Error(`A photo was probed wrongly: ${JSON.stringify(wrong)}`)
  })
}

function timeClient(
  client: MediaClient,
  photos: readonly Photo[],
  cacheFolder: string,
): Promise<number> {
  return perSecond(photos.length, async () => {
    await Promise.all(
      photos.map((photo) =>
        client.thumbnail({ ...photo, sizePx: SIZE_PX, cacheFolder, lane: 'background' }),
      ),
    )
  })
}

async function timeBare(photos: readonly Photo[], folder: string): Promise<number> {
  sharp.concurrency(1)
  sharp.cache(false)
  await mkdir(folder, { recursive: true })
  const waiting = [...photos]
  async function work(): Promise<void> {
    for (let photo = waiting.pop(); photo !== undefined; photo = waiting.pop()) {
      await sharp(photo.path, { failOn: 'error' })
        .autoOrient()
        .resize(SIZE_PX, SIZE_PX, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality: THUMBNAIL_QUALITY, effort: WEBP_EFFORT })
        .toFile(join(folder, `${photo.hash}.webp`))
    }
  }
  return perSecond(photos.length, async () => {
    await Promise.all(Array.from({ length: DECODE_SLOTS }, work))
  })
}

/** Else the two did not do the same work. */
async function requireSameOutput(
  photos: readonly Photo[],
  cacheFolder: string,
  bareFolder: string,
): Promise<void> {
  for (const { hash } of photos.slice(0, 10)) {
    const shard = join(cacheFolder, 'thumbnails', String(SIZE_PX), hash.slice(0, 2))
    const ours = await readFile(join(shard, `${hash}.webp`))
    const bare = await readFile(join(bareFolder, `${hash}.webp`))
    if (!ours.equals(bare)) throw new Error('The thumbnails differ from those of bare sharp.')
  }
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return count / ((performance.now() - start) / 1000)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
