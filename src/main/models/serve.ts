import { availableParallelism } from 'node:os'
import type { DualEncoderPack, PackManifest } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { openThread } from '../base/channel-hosts.ts'
import { workerEntry } from '../base/app-paths.ts'
import { createLog, type Log } from '../base/log.ts'
import { createComputeQueue } from './compute-queue.ts'
import { DEVICES, DeviceChoice, orderDevices, type DeviceWish } from './device.ts'
import type { OpenGraph } from './graph.ts'
import { inspectOnnxGraph, listDevices, openOnnxGraph } from './onnx-graph.ts'
import { PicturePipeline, type PictureReader } from './picture-pipeline.ts'
import { PictureThreads } from './picture-threads.ts'
import type {
  InferenceSettings,
  InferenceStatus,
  PictureCall,
  PictureTaskName,
  TextCall,
} from './requests.ts'
import { SessionPool, type PackPlace } from './session-pool.ts'
import { createImageVectorTask, type ImageVectors } from './tasks/dual-encoder-image.ts'
import { embedTexts } from './tasks/dual-encoder-text.ts'
import type { PackRuntime } from './tasks/task.ts'
import { VectorSet, type SearchRequest } from './vector-search.ts'

export interface ServeOptions {
  readonly settings: InferenceSettings
  readonly log?: Log
  readonly openGraph?: OpenGraph
  readonly reader?: PictureReader & { close(): void }
}

const TASKS = {
  vector: createImageVectorTask({ tiles: false, patches: false }),
  tiles: createImageVectorTask({ tiles: true, patches: false }),
  patches: createImageVectorTask({ tiles: false, patches: true }),
} as const satisfies Record<PictureTaskName, unknown>

/** Vectors of this many files stay in memory: a person looks at one project with one or two packs. */
const MAX_VECTOR_SETS = 2

/** Reads how the process was started. */
export function readInferenceSettings(data: Readonly<Record<string, string>>): InferenceSettings {
  const device: DeviceWish = DEVICES.find((name) => name === data['device']) ?? 'auto'
  return {
    device,
    budgetBytes: Number(data['budgetBytes'] ?? DEFAULT_BUDGET_BYTES),
    idleMs: Number(data['idleMs'] ?? DEFAULT_IDLE_MS),
  }
}

const DEFAULT_BUDGET_BYTES = 4 * 1024 ** 3
const DEFAULT_IDLE_MS = 5 * 60_000

/** The inference process's side of the line. Nothing is loaded before it is asked for. */
export function serveInference(channel: Channel, options: ServeOptions): void {
  const { settings } = options
  const log = options.log ?? createLog('warn')
  const queue = createComputeQueue()
  const reader =
    options.reader ??
    new PictureThreads({
      start: () => openThread(workerEntry('pictures'), {}),
      count: Math.max(1, Math.min(8, availableParallelism())),
    })
  const pipelines = new Map<string, PicturePipeline<DualEncoderPack, ImageVectors>>()
  const vectorSets = new Map<string, VectorSet>()
  let opening: Promise<{ pool: SessionPool; devices: DeviceChoice }> | null = null

  /** Asking which devices there are loads the runtime, so that waits for the first model too. */
  function models(): Promise<{ pool: SessionPool; devices: DeviceChoice }> {
    opening ??= (async () => {
      const supported = await listDevices()
      const order = orderDevices({ platform: process.platform, supported, wish: settings.device })
      const devices = new DeviceChoice(order, settings.device)
      const open = options.openGraph ?? openOnnxGraph
      const { budgetBytes, idleMs } = settings
      return { devices, pool: new SessionPool({ open, devices, log, budgetBytes, idleMs }) }
    })()
    return opening
  }

  async function dualEncoder(pack: PackPlace): Promise<PackRuntime<DualEncoderPack>> {
    const { pool } = await models()
    const runtime = await pool.runtime(pack)
    if (isDualEncoder(runtime)) return runtime
    throw new AppError(
      'PACK_INVALID',
      `An image-text encoder is needed for this, but "${runtime.manifest.name}" is a ${runtime.manifest.task}. Choose another pack.`,
    )
  }

  async function picture(call: PictureCall): Promise<ImageVectors> {
    const runtime = await dualEncoder(call.pack)
    const key = `${call.pack.folder}\n${call.task}`
    let pipeline = pipelines.get(key)
    if (pipeline === undefined) {
      pipeline = new PicturePipeline({ runtime, task: TASKS[call.task], reader, queue })
      pipelines.set(key, pipeline)
    }
    return pipeline.add({ path: call.path, hash: call.hash }, call.urgency)
  }

  async function texts(call: TextCall) {
    const runtime = await dualEncoder(call.pack)
    return queue.run(call.urgency, () => embedTexts(runtime, call.texts, call.kind))
  }

  function vectorSet(request: SearchRequest): VectorSet {
    const key = `${request.path}\n${request.dimension}`
    const set = vectorSets.get(key) ?? new VectorSet(request.path, request.dimension)
    vectorSets.delete(key)
    vectorSets.set(key, set)
    for (const oldest of vectorSets.keys()) {
      if (vectorSets.size <= MAX_VECTOR_SETS) break
      vectorSets.delete(oldest)
    }
    return set
  }

  async function status(): Promise<InferenceStatus> {
    const { pool, devices } = await models()
    return {
      devices: devices.report(),
      loaded: pool.loaded(),
      memoryBytes: process.memoryUsage.rss(),
      rates: [...pipelines].map(([key, pipeline]) => {
        const [folder = '', task = ''] = key.split('\n')
        const loaded = pool.loaded().find((graph) => graph.folder === folder)
        return {
          pack: loaded?.pack ?? '',
          task,
          batch: pipeline.batchSize,
          perSecond: pipeline.perSecond,
        }
      }),
    }
  }

  serveCalls(channel, {
    hello: () => null,
    picture,
    texts,
    search: (request: SearchRequest) => vectorSet(request).search(request),
    inspect: ({ path }: { readonly path: string }) => inspectOnnxGraph(path),
    status,
  })
  channel.onExit(() => reader.close())
}

function isDualEncoder(
  runtime: PackRuntime<PackManifest>,
): runtime is PackRuntime<PackManifest> & PackRuntime<DualEncoderPack> {
  return runtime.manifest.task === 'dual-encoder'
}
