import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageQuality } from '../../shared/domain/image-quality.ts'
import { AppError, isAbortError } from '../../shared/errors.ts'
import type { Spawn } from '../base/channel.ts'
import type { Log } from '../base/log.ts'
import { DECODE_SLOTS } from './decode-slots.ts'
import { RESTART_TIMING, type RestartTiming } from './media-child.ts'
import { MediaDispatch, type TaskHandle } from './media-dispatch.ts'
import { createOriginalsCache } from './originals-cache.ts'
import type {
  CopyArgs,
  ExtractArgs,
  MeasureArgs,
  Probe,
  ProbeArgs,
  RenderArgs,
  SharpnessArgs,
} from './requests.ts'
import type { Lane } from './task-lanes.ts'
import { PREVIEW_QUALITY, THUMBNAIL_QUALITY } from './webp-settings.ts'

export type ThumbnailSize = 256 | 512

/** Previews come in few sizes, so that the cache stays small; a wish is rounded up to the next. */
export const PREVIEW_SIZES = [800, 1600] as const
export type PreviewSize = (typeof PREVIEW_SIZES)[number]

interface ProbeItem {
  readonly key: string
  readonly path: string
}

export type ProbeResult = { readonly key: string } & Probe

export interface PictureRequest {
  /** Content hash as probed, 64 lower-case hex digits. */
  readonly hash: string
  /** Address of the picture (`base/picture-address.ts`). */
  readonly path: string
  readonly cacheFolder: string
  readonly lane: Lane
}

export interface MediaClient {
  /**
   * Reads files for an import, in the order asked. A file that is no usable picture is a result with its reason. Rejects
   * with AbortError, or WORKER_CRASHED where the media process cannot be started at all.
   */
  probe(
    items: readonly ProbeItem[],
    options: { readonly signal?: AbortSignal; readonly lane?: Lane },
  ): Promise<ProbeResult[]>
  /** Makes a WebP of at most `sizePx` a side, or finds it in the cache. Rejects with AppError and the reason. */
  thumbnail(request: PictureRequest & { readonly sizePx: ThumbnailSize }): Promise<CachedPicture>
  /** Likewise for the picture that stands in for a large one, or one that no browser shows. */
  preview(request: PictureRequest & { readonly maxPx: PreviewSize }): Promise<CachedPicture>
  /**
   * Measures a picture in the background, and makes its thumbnail of the same pixels where there is none. Rejects with
   * AppError and the reason.
   */
  measure(
    picture: Omit<PictureRequest, 'lane'> & { readonly sizePx: ThumbnailSize },
    options: { readonly signal: AbortSignal },
  ): Promise<ImageQuality>
  /** The bytes of a picture in a container as a file in the cache, which keeps those that were used last. */
  original(request: PictureRequest): Promise<CachedPicture>
  /** Writes the bytes of a picture into a file, in the background. Rejects with AppError and the reason. */
  copy(args: CopyArgs): Promise<void>
  /** How sharp a picture is, in the background; see `sharpness.ts`. Rejects with AppError and the reason. */
  sharpness(args: SharpnessArgs, options: { readonly signal: AbortSignal }): Promise<number>
  close(): void
}

interface CachedPicture {
  readonly path: string
}

interface MediaClientOptions {
  readonly spawn: Spawn
  readonly log: Log
  readonly slots?: number
  readonly hangLimitMs?: number
  readonly timing?: RestartTiming
}

/** More files than are decoded at a time, so that while some are read, hashed and written no core waits. */
function defaultSlots(): number {
  return DECODE_SLOTS * 2 + 1
}

const HANG_LIMIT_MS = 90_000

/** The asking side of the media process, which starts with the first request that needs it. */
export function createMediaClient(options: MediaClientOptions): MediaClient {
  const dispatch = new MediaDispatch({
    spawn: options.spawn,
    worker: 'media',
    poisonError,
    log: options.log,
    slots: options.slots ?? defaultSlots(),
    hangLimitMs: options.hangLimitMs ?? HANG_LIMIT_MS,
    timing: options.timing ?? RESTART_TIMING,
  })
  const renderOnce = createSingleFlight(dispatch, 'render')
  const extractOnce = createSingleFlight(dispatch, 'extract')
  const originals = createOriginalsCache()
  return {
    probe: (items, { signal, lane = 'background' }) =>
      Promise.all(
        items.map(async ({ key, path }) => {
          const args = { path } satisfies ProbeArgs
          const call = { name: 'probe', args, lane, ...(signal === undefined ? {} : { signal }) }
          const { result } = dispatch.run(call)
          return { key, ...(await settleProbe(result, { log: options.log, signal })) }
        }),
      ),
    thumbnail: async ({ hash, path, sizePx, cacheFolder, lane }) =>
      renderOnce(lane, {
        path,
        hash,
        maxPx: sizePx,
        quality: THUMBNAIL_QUALITY,
        target: cachePath({ cacheFolder, kind: 'thumbnails', px: sizePx, hash }),
      }),
    measure: async ({ hash, path, sizePx, cacheFolder }, { signal }) => {
      const target = cachePath({ cacheFolder, kind: 'thumbnails', px: sizePx, hash })
      const thumbnail = { target, maxPx: sizePx, quality: THUMBNAIL_QUALITY }
      const isThere = await isCached(target)
      const args = { path, hash, thumbnail: isThere ? null : thumbnail } satisfies MeasureArgs
      const call = { name: 'measure', args, lane: 'background', signal } as const
      return (await dispatch.run(call).result) as ImageQuality
    },
    preview: async ({ hash, path, maxPx, cacheFolder, lane }) =>
      renderOnce(lane, {
        path,
        hash,
        maxPx,
        quality: PREVIEW_QUALITY,
        target: cachePath({ cacheFolder, kind: 'previews', px: maxPx, hash }),
      }),
    original: async ({ hash, path, cacheFolder, lane }) => {
      const target = cachePath({ cacheFolder, kind: 'originals', px: null, hash })
      const take = async (): Promise<boolean> => {
        await extractOnce(lane, { path, hash, target })
        return originals.use(join(cacheFolder, 'originals'), target)
      }
      // Found, and then removed for another one before this one was noted as used.
      if (!(await take())) await take()
      return { path: target }
    },
    copy: async (args) => {
      await dispatch.run({ name: 'copy', args, lane: 'background' }).result
    },
    sharpness: async (args, { signal }) => {
      const call = { name: 'sharpness', args, lane: 'background', signal } as const
      return (await dispatch.run(call).result) as number
    },
    close: () => dispatch.close(),
  }
}

/** A bug of ours costs one item, not the batch; only a dead process and a cancel stop everything. */
async function settleProbe(
  result: Promise<unknown>,
  context: { readonly log: Log; readonly signal: AbortSignal | undefined },
): Promise<Probe> {
  try {
    return (await result) as Probe
  } catch (error) {
    const isExpected = error instanceof AppError
    // A signal may carry a reason of any kind.
    if (context.signal?.aborted === true || isAbortError(error)) throw error
    if (isExpected && error.code === 'WORKER_CRASHED') throw error
    if (!isExpected) context.log.error('An image could not be probed.', { error })
    return {
      ok: false,
      code: isExpected ? error.code : 'INTERNAL',
      message: isExpected
        ? error.message
        : 'Something went wrong in Realign while this file was read; the log says what.',
      sizeBytes: null,
      mtimeMs: null,
      sha256: null,
    }
  }
}

function cachePath(picture: {
  readonly cacheFolder: string
  readonly kind: 'thumbnails' | 'previews' | 'originals'
  readonly px: number | null
  readonly hash: string
}): string {
  const { cacheFolder, kind, px, hash } = picture
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw new Error('A picture without a content hash cannot be cached.')
  }
  return px === null
    ? join(cacheFolder, kind, hash.slice(0, 2), hash)
    : join(cacheFolder, kind, String(px), hash.slice(0, 2), `${hash}.webp`)
}

interface Flight {
  readonly result: Promise<CachedPicture>
  promote(): void
}

/** Two who ask for one picture wait for one job, and the more urgent of them sets its lane. */
function createSingleFlight(
  dispatch: MediaDispatch,
  name: 'render' | 'extract',
): (lane: Lane, args: ExtractArgs | RenderArgs) => Promise<CachedPicture> {
  const flights = new Map<string, Flight>()

  function start(lane: Lane, args: ExtractArgs | RenderArgs): Flight {
    let wanted = lane
    let handle: TaskHandle | null = null
    async function make(): Promise<CachedPicture> {
      if (!(await isCached(args.target))) {
        handle = dispatch.run({ name, args, lane: wanted })
        await handle.result
      }
      return { path: args.target }
    }
    return {
      result: make().finally(() => flights.delete(args.target)),
      promote() {
        wanted = 'interactive'
        handle?.promote()
      },
    }
  }
  return (lane, args) => {
    const known = flights.get(args.target)
    if (known !== undefined) {
      if (lane === 'interactive') known.promote()
      return known.result
    }
    const flight = start(lane, args)
    flights.set(args.target, flight)
    return flight.result
  }
}

/** A file of no bytes is what a power cut may leave behind. */
async function isCached(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.size > 0,
    () => false,
  )
}

/** What is said of a file that ended the media process twice. */
export function poisonError(didHang: boolean): AppError {
  const what = didHang
    ? 'Reading the file took too long, twice'
    : 'Reading the file made the image process stop, twice'
  return new AppError(
    'IMAGE_UNREADABLE',
    `${what}, so the file is left out: its data may be damaged or made to do harm. Save it anew with an image editor, then import the source again.`,
  )
}
