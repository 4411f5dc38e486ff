import { availableParallelism } from 'node:os'
import type { PackManifest, PackTask } from '../../shared/domain/pack.ts'
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
import type { PictureRequest } from './pictures.ts'
import type {
  InferenceSettings,
  InferenceStatus,
  LookCall,
  PictureAnswers,
  PictureCall,
  PictureTaskName,
  TextCall,
  Urgency,
} from './requests.ts'
import { SessionPool, type PackPlace } from './session-pool.ts'
import { createBoxTask } from './tasks/detector.ts'
import { createImageVectorTask } from './tasks/dual-encoder-image.ts'
import { embedTexts } from './tasks/dual-encoder-text.ts'
import { pictureLookTask, type PictureLook } from './tasks/picture-look.ts'
import { createLineTask } from './tasks/ocr.ts'
import type { PackRuntime } from './tasks/task.ts'
import { createTextLooks } from './text-look.ts'
import { VectorSet, type NearImagesRequest, type SearchRequest } from './vector-search.ts'

export interface ServeOptions {
  readonly settings: InferenceSettings
  readonly log?: Log
  readonly openGraph?: OpenGraph
  readonly reader?: PictureReader & { close(): void }
}

const VECTOR_TASKS = {
  vector: createImageVectorTask({ tiles: false, patches: false }),
  tiles: createImageVectorTask({ tiles: true, patches: false }),
  patches: createImageVectorTask({ tiles: false, patches: true }),
} as const

const TASK_WORDS: Readonly<Record<PackTask, string>> = {
  'dual-encoder': 'vectors of images and texts',
  detector: 'finding things',
  ocr: 'reading text',
  captioner: 'writing captions',
}

type PackOf<Task extends PackTask> = Extract<PackManifest, { readonly task: Task }>

/** A pipeline of any task. */
interface Pipeline {
  readonly batchSize: number
  readonly perSecond: number | null
  add(request: PictureRequest, urgency: Urgency): Promise<PictureAnswers[PictureTaskName]>
}

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
      // Codecs are set up, and kept in memory, by the thread that outlives the others.
      getReady: () => import('../media/configured-sharp.ts'),
      start: () => openThread(workerEntry('pictures'), {}),
      count: Math.max(1, Math.min(8, availableParallelism())),
    })
  const pipelines = new Map<string, Pipeline>()
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

  async function runtimeFor<Task extends PackTask>(
    pack: PackPlace,
    task: Task,
  ): Promise<PackRuntime<PackOf<Task>>> {
    const { pool } = await models()
    const runtime = await pool.runtime(pack)
    if (isFor(runtime, task)) return runtime
    throw new AppError(
      'PACK_INVALID',
      `A pack for ${TASK_WORDS[task]} is needed for this, but "${runtime.manifest.name}" is a ${runtime.manifest.task}. Choose another pack.`,
    )
  }

  async function openPipeline({ pack, task }: PictureCall): Promise<Pipeline> {
    switch (task) {
      case 'vector':
      case 'tiles':
      case 'patches': {
        const runtime = await runtimeFor(pack, 'dual-encoder')
        return new PicturePipeline({ runtime, task: VECTOR_TASKS[task], reader, queue })
      }
      case 'look': {
        const runtime = await runtimeFor(pack, 'dual-encoder')
        return new PicturePipeline({ runtime, task: pictureLookTask, reader, queue })
      }
      case 'boxes': {
        const runtime = await runtimeFor(pack, 'detector')
        return new PicturePipeline({ runtime, task: createBoxTask(), reader, queue })
      }
      case 'lines': {
        const runtime = await runtimeFor(pack, 'ocr')
        return new PicturePipeline({ runtime, task: createLineTask(), reader, queue })
      }
    }
  }

  async function picture(call: PictureCall): Promise<PictureAnswers[PictureTaskName]> {
    // Also when the pipeline is known: the pack may have been replaced meanwhile.
    const { pool } = await models()
    await pool.runtime(call.pack)
    const key = `${call.pack.folder}\n${call.task}`
    let pipeline = pipelines.get(key)
    if (pipeline === undefined) {
      const opened = await openPipeline(call)
      // Somebody else may have opened it meanwhile.
      pipeline = pipelines.get(key) ?? opened
      pipelines.set(key, pipeline)
    }
    return pipeline.add({ path: call.path, hash: call.hash }, call.urgency)
  }

  async function texts(call: TextCall) {
    const runtime = await runtimeFor(call.pack, 'dual-encoder')
    return queue.run(call.urgency, () => embedTexts(runtime, call.texts, call.kind))
  }

  const looks = createTextLooks({
    queue,
    encoder: (pack) => runtimeFor(pack, 'dual-encoder'),
    picture: async ({ pack, path, hash, urgency }) =>
      (await picture({ pack, task: 'look', path, hash, urgency })) as PictureLook,
  })

  function vectorSet(request: Pick<SearchRequest, 'path' | 'dimension'>): VectorSet {
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
    look: (call: LookCall) => looks.look(call),
    search: (request: SearchRequest) => vectorSet(request).search(request),
    nearImages: (request: NearImagesRequest) => vectorSet(request).findNear(request),
    inspect: ({ path }: { readonly path: string }) => inspectOnnxGraph(path),
    status,
  })
  channel.onExit(() => reader.close())
}

function isFor<Task extends PackTask>(
  runtime: PackRuntime<PackManifest>,
  task: Task,
): runtime is PackRuntime<PackManifest> & PackRuntime<PackOf<Task>> {
  return runtime.manifest.task === task
}
