import { AppError } from '../../shared/errors.ts'
import type { Spawn } from '../base/channel.ts'
import type { Log } from '../base/log.ts'
import { RESTART_TIMING, type RestartTiming } from '../media/media-child.ts'
import { MediaDispatch } from '../media/media-dispatch.ts'
import type {
  InferenceCalls,
  InferenceSettings,
  InferenceStatus,
  LookAnswer,
  LookCall,
  PictureAnswers,
  PictureCall,
  PictureTaskName,
  TextCall,
  Urgency,
} from './requests.ts'
import type { NearImages, NearImagesRequest, SearchAnswer, SearchRequest } from './vector-search.ts'
import type { TextVector } from './tasks/dual-encoder-text.ts'

interface Asking {
  readonly signal?: AbortSignal
}

export interface InferenceClient {
  /**
   * What a pack computes from a picture. Many may be asked at once; the process batches them. Rejects with the reason
   * for this picture (WORKER_CRASHED where it ended the process twice), or with what is wrong with the pack.
   */
  picture<Name extends PictureTaskName>(
    call: PictureCall & { readonly task: Name },
    asking?: Asking,
  ): Promise<PictureAnswers[Name]>
  texts(call: TextCall, asking?: Asking): Promise<readonly TextVector[]>
  /** How phrases and sentences fit a picture; what was computed before is kept in the process. */
  look(call: LookCall, asking?: Asking): Promise<LookAnswer>
  search(request: SearchRequest, asking?: Asking): Promise<SearchAnswer>
  /** One look for images with nearly the same vector; seconds for a million of them. */
  nearImages(request: NearImagesRequest, asking?: Asking): Promise<NearImages>
  inspect(path: string): Promise<ReturnType<InferenceCalls['inspect']>>
  /** Null while no process runs: asking must not start one. */
  status(): Promise<InferenceStatus | null>
  /** Ends the process once nobody waits for it, so that the next question starts one with the settings of then. */
  restart(): void
  /** How many pictures to have asked for at a time in the background, so that the process is never without work. */
  readonly slots: number
  close(): void
}

/** Enough that the largest batch, the next two, and what is being read have their pictures. */
const BACKGROUND_SLOTS = 112
/** Kept free of background work, so that a search never waits for a batch to give a slot back. */
const INTERACTIVE_SLOTS = 8
/** A batch of a large model on a slow processor takes minutes. */
const HANG_LIMIT_MS = 10 * 60_000
/** A process that nobody asked anything for so long is ended; the next question starts one. */
const IDLE_MS = 10 * 60_000

/** The asking side of the inference process, which starts with the first question that needs it. */
export function createInferenceClient(options: {
  readonly spawn: Spawn
  readonly log: Log
  /** How the process is set up; asked each time it starts. */
  readonly settings?: () => Partial<InferenceSettings>
  readonly timing?: RestartTiming
  readonly idleMs?: number
}): InferenceClient {
  const { spawn, log, settings = () => ({}), timing = RESTART_TIMING, idleMs = IDLE_MS } = options
  let dispatch: MediaDispatch | null = null
  let asked = 0
  let isClosed = false
  let idleTimer: NodeJS.Timeout | null = null

  function open(): MediaDispatch {
    dispatch ??= new MediaDispatch({
      spawn,
      worker: 'inference',
      data: Object.fromEntries(
        Object.entries(settings()).map(([name, value]) => [name, String(value)]),
      ),
      poisonError,
      log,
      slots: BACKGROUND_SLOTS + INTERACTIVE_SLOTS,
      hangLimitMs: HANG_LIMIT_MS,
      timing,
    })
    return dispatch
  }

  async function ask(
    name: string,
    args: unknown,
    urgency: Urgency,
    asking: Asking = {},
  ): Promise<unknown> {
    if (isClosed) throw new DOMException('The project is being closed.', 'AbortError')
    if (idleTimer !== null) clearTimeout(idleTimer)
    asked += 1
    try {
      return await open().run({ name, args, lane: urgency, ...asking }).result
    } finally {
      asked -= 1
      if (asked === 0) {
        idleTimer = setTimeout(() => {
          dispatch?.close()
          dispatch = null
        }, idleMs)
        idleTimer.unref()
      }
    }
  }

  return {
    slots: BACKGROUND_SLOTS,
    picture: async (call, asking) =>
      (await ask('picture', call, call.urgency, asking)) as PictureAnswers[typeof call.task],
    texts: async (call, asking) =>
      (await ask('texts', call, call.urgency, asking)) as readonly TextVector[],
    look: async (call, asking) => (await ask('look', call, call.urgency, asking)) as LookAnswer,
    search: async (request, asking) =>
      (await ask('search', request, 'interactive', asking)) as SearchAnswer,
    nearImages: async (request, asking) =>
      (await ask('nearImages', request, 'background', asking)) as NearImages,
    inspect: async (path) =>
      (await ask('inspect', { path }, 'interactive')) as ReturnType<InferenceCalls['inspect']>,
    status: async () =>
      dispatch === null ? null : ((await ask('status', {}, 'interactive')) as InferenceStatus),
    restart() {
      if (asked > 0) return
      dispatch?.close()
      dispatch = null
    },
    close() {
      isClosed = true
      if (idleTimer !== null) clearTimeout(idleTimer)
      dispatch?.close()
      dispatch = null
    },
  }
}

/** What is said of a picture that ended the inference process twice. */
function poisonError(didHang: boolean): AppError {
  const what = didHang ? 'took too long, twice' : 'made the inference process stop, twice'
  return new AppError(
    'WORKER_CRASHED',
    `Computing this ${what}, so it is left out. If it happens with every image, choose another device (the processor is the safest) or a smaller model.`,
  )
}
