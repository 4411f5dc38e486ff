import { AppError } from '../../shared/errors.ts'
import { type Caller, createCaller } from '../base/channel-calls.ts'
import type { Channel, Spawn, WorkerName } from '../base/channel.ts'
import type { Log } from '../base/log.ts'

export interface RestartTiming {
  /** Delay before the first restart after a crash; it doubles with each further one. */
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** How often in a row the process may die before it is ready; then nothing is started for `pauseMs`. */
  readonly maxFailedStarts: number
  readonly pauseMs: number
  /** A process that has not said hello by then is ended. */
  readonly startLimitMs: number
}

export const RESTART_TIMING: RestartTiming = {
  firstDelayMs: 50,
  maxDelayMs: 5_000,
  maxFailedStarts: 5,
  pauseMs: 30_000,
  startLimitMs: 30_000,
}

interface MediaChildOptions {
  readonly spawn: Spawn
  readonly worker: WorkerName
  /** What the worker starts with. */
  readonly data: Readonly<Record<string, string>>
  readonly log: Log
  readonly timing: RestartTiming
  /** The process can be called from now on. */
  readonly onReady: () => void
  /** The process is gone; another is started by the next `ensureStarted`. */
  readonly onGone: () => void
  /** It cannot be started; what waits for it should be told. */
  readonly onGivenUp: (error: AppError) => void
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'delayed'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'starting'; readonly channel: Channel; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'ready'; readonly channel: Channel; readonly caller: Caller }
  | { readonly kind: 'closed' }

/** Keeps one helper process: started when wanted, again after a crash, with a growing delay and a limit. */
export class MediaChild {
  readonly #options: MediaChildOptions
  #state: State = { kind: 'idle' }
  #crashes = 0
  #failedStarts = 0
  #pausedUntil = 0

  constructor(options: MediaChildOptions) {
    this.#options = options
  }

  /** Null while there is none to be called. */
  get caller(): Caller | null {
    return this.#state.kind === 'ready' ? this.#state.caller : null
  }

  ensureStarted(): void {
    if (this.#state.kind !== 'idle') return
    if (Date.now() < this.#pausedUntil) {
      this.#options.onGivenUp(this.#givenUp())
      return
    }
    const { firstDelayMs, maxDelayMs } = this.#options.timing
    const delayMs =
      this.#crashes === 0 ? 0 : Math.min(firstDelayMs * 2 ** (this.#crashes - 1), maxDelayMs)
    this.#state = { kind: 'delayed', timer: setTimeout(() => this.#start(), delayMs) }
  }

  /** Something was answered, so the next crash is a first one again. */
  noteProgress(): void {
    this.#crashes = 0
  }

  /** Ends a process that hangs; it counts as a crash. */
  kill(): void {
    if (this.#state.kind === 'ready' || this.#state.kind === 'starting') this.#state.channel.kill()
  }

  close(): void {
    const state = this.#state
    this.#state = { kind: 'closed' }
    if (state.kind === 'delayed' || state.kind === 'starting') clearTimeout(state.timer)
    if (state.kind === 'ready' || state.kind === 'starting') state.channel.kill()
  }

  #start(): void {
    const { spawn, timing, worker, data } = this.#options
    let channel: Channel
    try {
      channel = spawn(worker, data)
    } catch (error) {
      this.#onStartFailed(error)
      return
    }
    const fail = (reason: unknown): void => this.#onChannelGone(channel, reason)
    const timer = setTimeout(() => {
      channel.kill()
      fail('it did not get ready in time')
    }, timing.startLimitMs)
    this.#state = { kind: 'starting', channel, timer }
    const caller = createCaller(channel, worker)
    channel.onExit(fail)
    caller.call('hello', {}).then(
      () => this.#onHello(channel, caller),
      (error: unknown) => {
        channel.kill()
        fail(error)
      },
    )
  }

  #onHello(channel: Channel, caller: Caller): void {
    const state = this.#state
    if (state.kind !== 'starting' || state.channel !== channel) return
    clearTimeout(state.timer)
    this.#failedStarts = 0
    this.#state = { kind: 'ready', channel, caller }
    this.#options.onReady()
  }

  /** Several signs may tell of one death; only the first counts. */
  #onChannelGone(channel: Channel, reason: unknown): void {
    const state = this.#state
    if (state.kind === 'starting' && state.channel === channel) {
      clearTimeout(state.timer)
      this.#onStartFailed(reason)
    } else if (state.kind === 'ready' && state.channel === channel) {
      this.#options.log.warn(
        `The ${this.#options.worker} process stopped and will be started again.`,
        { reason },
      )
      this.#state = { kind: 'idle' }
      this.#crashes += 1
      this.#options.onGone()
    }
  }

  #onStartFailed(reason: unknown): void {
    const { log, timing, worker, onGone, onGivenUp } = this.#options
    log.error(`The ${worker} process could not be started.`, { reason })
    this.#state = { kind: 'idle' }
    this.#crashes += 1
    this.#failedStarts += 1
    if (this.#failedStarts < timing.maxFailedStarts) {
      onGone()
      return
    }
    this.#failedStarts = 0
    this.#pausedUntil = Date.now() + timing.pauseMs
    onGivenUp(this.#givenUp())
  }

  #givenUp(): AppError {
    return new AppError(
      'WORKER_CRASHED',
      `The ${this.#options.worker} process cannot be started. Wait half a minute and try again; if it stays so, restart Realign and look into its log.`,
    )
  }
}
