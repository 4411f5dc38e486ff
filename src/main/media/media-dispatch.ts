import { AppError } from '../../shared/errors.ts'
import type { Spawn, WorkerName } from '../base/channel.ts'
import type { Log } from '../base/log.ts'
import { MediaChild, type RestartTiming } from './media-child.ts'
import { createTaskLanes, type Lane } from './task-lanes.ts'

export interface DispatchOptions {
  readonly spawn: Spawn
  readonly worker: WorkerName
  /** What the worker starts with. */
  readonly data?: Readonly<Record<string, string>>
  /** What a task is told that ended the process twice, by a crash or by a hang. */
  readonly poisonError: (didHang: boolean) => AppError
  readonly log: Log
  /** How many files the process works on at a time. */
  readonly slots: number
  /** A file that takes longer counts as one that makes the process crash. */
  readonly hangLimitMs: number
  readonly timing: RestartTiming
}

export interface TaskHandle {
  readonly result: Promise<unknown>
  /** Lets a waiting task go before the background ones. */
  promote(): void
}

interface Task {
  readonly name: string
  readonly args: unknown
  readonly lane: Lane
  readonly settled: PromiseWithResolvers<unknown>
  crashes: number
}

/** A file that killed the process this often is given up; once may be another file's fault. */
const MAX_CRASHES = 2

/**
 * Sends tasks to a helper process, a few at a time. After a crash each task that was in work is tried again
 * alone, so that a file that crashes a decoder costs itself and no other.
 */
export class MediaDispatch {
  readonly #options: DispatchOptions
  readonly #child: MediaChild
  readonly #lanes = createTaskLanes<Task>()
  readonly #running = new Set<Task>()
  #suspects: Task[] = []
  /** The one task that is to blame for the next crash, because we end the process over it. */
  #hanging: Task | null = null
  #isClosed = false

  constructor(options: DispatchOptions) {
    this.#options = options
    this.#child = new MediaChild({
      spawn: options.spawn,
      worker: options.worker,
      data: options.data ?? {},
      log: options.log,
      timing: options.timing,
      onReady: () => {
        this.#hanging = null
        this.#pump()
      },
      onGone: () => this.#pump(),
      onGivenUp: (error) => this.#rejectWaiting(error),
    })
  }

  /** Rejects with the task's own AppError, `poisonError` for one that crashes the process, WORKER_CRASHED where it cannot be started. */
  run(call: {
    readonly name: string
    readonly args: unknown
    readonly lane: Lane
    readonly signal?: AbortSignal
  }): TaskHandle {
    const { name, args, lane, signal } = call
    const task: Task = { name, args, lane, crashes: 0, settled: Promise.withResolvers() }
    if (this.#isClosed) task.settled.reject(closedError())
    else if (signal?.aborted === true) task.settled.reject(signal.reason)
    else {
      if (signal !== undefined) this.#abortWith(task, signal)
      this.#lanes.add(task, lane)
      this.#pump()
    }
    return { result: task.settled.promise, promote: () => this.#lanes.promote(task) }
  }

  close(): void {
    this.#isClosed = true
    this.#child.close()
    this.#rejectWaiting(closedError())
    for (const task of this.#running) task.settled.reject(closedError())
  }

  #pump(): void {
    const hasWork = !this.#lanes.isEmpty() || this.#suspects.length + this.#running.size > 0
    if (this.#isClosed || !hasWork) return
    if (this.#child.caller === null) {
      this.#child.ensureStarted()
      return
    }
    while (this.#running.size < this.#options.slots) {
      const task = this.#next()
      if (task === undefined) return
      void this.#work(task)
    }
  }

  /** While a suspect waits or works, it is alone. */
  #next(): Task | undefined {
    if (this.#suspects.length > 0) {
      return this.#running.size === 0 ? this.#suspects.shift() : undefined
    }
    for (const task of this.#running) if (task.crashes > 0) return undefined
    return this.#lanes.take()
  }

  async #work(task: Task): Promise<void> {
    const caller = this.#child.caller
    if (caller === null) throw new Error('A task was sent to a process that is not there.')
    this.#running.add(task)
    const watchdog = setTimeout(() => {
      this.#hanging = task
      this.#child.kill()
    }, this.#options.hangLimitMs)
    try {
      const value = await caller.call(task.name, task.args)
      this.#child.noteProgress()
      task.settled.resolve(value)
    } catch (error) {
      if (isCrash(error)) this.#afterCrash(task)
      else {
        this.#child.noteProgress()
        task.settled.reject(error)
      }
    } finally {
      clearTimeout(watchdog)
      this.#running.delete(task)
      this.#pump()
    }
  }

  #afterCrash(task: Task): void {
    if (this.#hanging !== null && this.#hanging !== task) {
      this.#lanes.add(task, task.lane)
      return
    }
    task.crashes += 1
    if (task.crashes < MAX_CRASHES) this.#suspects.push(task)
    else task.settled.reject(this.#options.poisonError(this.#hanging === task))
  }

  #abortWith(task: Task, signal: AbortSignal): void {
    const onAbort = (): void => {
      // What is in work already goes on unheard: the process cannot be stopped in the middle of a file.
      this.#lanes.remove(task)
      this.#suspects = this.#suspects.filter((suspect) => suspect !== task)
      task.settled.reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const forget = (): void => signal.removeEventListener('abort', onAbort)
    task.settled.promise.then(forget, forget)
  }

  #rejectWaiting(error: Error): void {
    for (const task of this.#suspects.splice(0)) task.settled.reject(error)
    for (let task = this.#lanes.take(); task !== undefined; task = this.#lanes.take()) {
      task.settled.reject(error)
    }
  }
}

function isCrash(error: unknown): boolean {
  return error instanceof AppError && error.code === 'WORKER_CRASHED'
}

function closedError(): Error {
  return new DOMException('The project is being closed.', 'AbortError')
}
