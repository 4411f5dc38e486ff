import type { Job } from '../../shared/contract/jobs.ts'
import type { JobId } from '../../shared/domain/ids.ts'
import { AppError, isAbortError } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import type { Db } from '../db/client.ts'
import type { JobCounts, StoredJob } from '../db/queries/jobs.ts'
import type { JobKind, JobLane, JobRun, RegisteredKind } from './job-kind.ts'
import { createRateMeter } from './progress.ts'

const PUBLISH_EVERY_MS = 250
const STORE_EVERY_MS = 1_000
const LANES: readonly JobLane[] = ['io', 'cpu', 'gpu']
const REPLACED = {
  code: 'JOB_REPLACED',
  message: 'The same was started again with other settings, so this job made way for it.',
} as const

interface Running {
  readonly job: StoredJob
  readonly controller: AbortController
  readonly meter: ReturnType<typeof createRateMeter>
  readonly counts: { done: number; skipped: number; failed: number; total: number | null }
  finished: Promise<void>
}

export interface Scheduler {
  add<Params>(kind: JobKind<Params>, params: Params): Promise<JobId>
  get(id: JobId): Promise<Job>
  list(limit: number): Promise<Job[]>
  cancel(id: JobId): Promise<Job>
  resume(id: JobId): Promise<Job>
  lanes(): { lane: JobLane; isPaused: boolean }[]
  pauseLane(lane: JobLane, paused: boolean): void
  close(): Promise<void>
}

/**
 * Runs the jobs of one project: one at a time in each lane, in the order they came. Every job is a row, so a job
 * that the end of the program interrupts is queued again at the next start.
 */
export async function createScheduler(options: {
  readonly db: Db
  readonly kinds: readonly RegisteredKind[]
  readonly log: Log
  readonly publish: (id: JobId) => void
}): Promise<Scheduler> {
  const { db, log, publish } = options
  const kinds = new Map<string, RegisteredKind>()
  for (const kind of options.kinds) {
    if (kinds.has(kind.name)) throw new Error(`The job kind ${kind.name} is registered twice.`)
    kinds.set(kind.name, kind)
  }
  const running = new Map<JobLane, Running>()
  const paused = new Set<JobLane>()
  const unstored = new Map<JobId, Pick<Job, 'error'> & { readonly counts: JobCounts }>()
  let isClosing = false
  let isPicking = false
  let mustPickAgain = false
  let picking: Promise<void> = Promise.resolve()

  if (!db.isReadOnly) await db.write.requeueInterruptedJobs()
  pick()

  /** Starts what can start. Called whenever a job is added, ends or is resumed, and a lane goes on. */
  function pick(): void {
    if (isPicking) mustPickAgain = true
    else picking = pickAll()
  }

  async function pickAll(): Promise<void> {
    isPicking = true
    try {
      do {
        mustPickAgain = false
        if (isClosing || db.isReadOnly) return
        for (const job of await db.read.listQueuedJobs()) {
          if (!isStopped(job.lane) && !running.has(job.lane)) await start(job)
        }
      } while (hasMoreToPick())
    } catch (error) {
      log.error('Picking the next job failed', { error })
    } finally {
      isPicking = false
    }
  }

  function hasMoreToPick(): boolean {
    return mustPickAgain
  }

  async function start(queued: StoredJob): Promise<void> {
    const work = kinds.get(queued.kind)?.prepare(queued.params) ?? null
    if (work === null) {
      await db.write.endJob({
        id: queued.id,
        state: 'failed',
        error: {
          code: 'JOB_STATE',
          message:
            'This version of Realign does not know this job or its settings any more. Start it anew.',
        },
        result: {},
      })
      publish(queued.id)
      return
    }
    const job = await db.write.startJob({ id: queued.id })
    if (isStopped(job.lane)) {
      await db.write.endJob({ id: job.id, state: 'queued', error: null, result: queued.result })
      return
    }
    const entry: Running = {
      job,
      controller: new AbortController(),
      meter: createRateMeter(),
      counts: { done: 0, skipped: 0, failed: 0, total: null },
      finished: Promise.resolve(),
    }
    running.set(job.lane, entry)
    publish(job.id)
    entry.finished = execute(entry, work).finally(() => {
      running.delete(job.lane)
      publish(job.id)
      pick()
    })
  }

  /** Asked again after each wait, because the project may be closed or the lane paused meanwhile. */
  function isStopped(lane: JobLane): boolean {
    return isClosing || paused.has(lane)
  }

  async function execute(entry: Running, work: (run: JobRun) => Promise<void>): Promise<void> {
    const { job, controller, counts } = entry
    let result: Readonly<Record<string, string | number>> = {}
    let errors: { item: string; code: string; message: string }[] = []
    let hasNewWork = false
    let isStoring = false

    async function store(): Promise<void> {
      const batch = errors
      const progressed = hasNewWork
      errors = []
      hasNewWork = false
      await db.write.saveJobProgress({
        id: job.id,
        counts: { ...counts },
        errors: batch,
        hasNewWork: progressed,
      })
    }
    const publishTimer = setInterval(() => {
      entry.meter.sample(counts.done + counts.skipped + counts.failed)
      publish(job.id)
    }, PUBLISH_EVERY_MS)
    const storeTimer = setInterval(() => {
      if (isStoring) return
      isStoring = true
      store()
        .catch((error: unknown) => log.warn('Storing progress failed', { error }))
        .finally(() => {
          isStoring = false
        })
    }, STORE_EVERY_MS)

    const run: JobRun = {
      id: job.id,
      signal: controller.signal,
      log,
      setTotal: (total) => {
        counts.total = total
      },
      count: (outcome, by = 1) => {
        counts[outcome] += by
      },
      fail: (error) => {
        counts.failed += 1
        errors.push({ item: error.item, code: error.code, message: error.message })
      },
      markProgress: () => {
        hasNewWork = true
      },
      setResult: (facts) => {
        result = facts
      },
    }
    try {
      await work(run)
      controller.signal.throwIfAborted()
      await store()
      await db.write.endJob({ id: job.id, state: 'done', error: null, result })
    } catch (error) {
      await store().catch((failure: unknown) =>
        log.warn('Storing progress failed', { error: failure }),
      )
      await end(entry, error, result)
    } finally {
      clearInterval(publishTimer)
      clearInterval(storeTimer)
    }
  }

  /** A job that ended while the disk was full: its row says otherwise until it can be written. */
  function endUnstored(entry: Running, error: unknown): void {
    const code = error instanceof AppError ? error.code : 'INTERNAL'
    const message =
      error instanceof AppError
        ? error.message
        : 'The end of this job could not be stored. Restart Realign; the job goes on by itself.'
    unstored.set(entry.job.id, { counts: { ...entry.counts }, error: { code, message } })
  }

  async function end(
    entry: Running,
    error: unknown,
    result: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const { job, controller } = entry
    try {
      if (
        controller.signal.aborted &&
        (isAbortError(error) || error === controller.signal.reason)
      ) {
        const state = controller.signal.reason === 'shutdown' ? 'queued' : 'cancelled'
        const reason = controller.signal.reason === 'replaced' ? REPLACED : null
        await db.write.endJob({ id: job.id, state, error: reason, result })
        return
      }
      if (error instanceof AppError) {
        log.warn(`Job ${job.kind} failed`, { code: error.code, message: error.message })
        await db.write.endJob({
          id: job.id,
          state: 'failed',
          error: { code: error.code, message: error.message },
          result,
        })
        return
      }
      log.error(`Job ${job.kind} failed`, { error })
      await db.write.endJob({
        id: job.id,
        state: 'failed',
        error: {
          code: 'INTERNAL',
          message: 'Realign made a mistake in this job. What was done is kept; resume it to go on.',
        },
        result,
      })
    } catch (failure) {
      // The row stays "running" and is queued again at the next start.
      log.error('The end of a job could not be stored', { error: failure })
      endUnstored(entry, error instanceof AppError ? error : failure)
    }
  }

  function toJob(stored: StoredJob): Job {
    const entry = [...running.values()].find((candidate) => candidate.job.id === stored.id)
    const lost = entry === undefined ? unstored.get(stored.id) : undefined
    const counts = entry?.counts ?? lost?.counts ?? stored
    const finished = counts.done + counts.skipped + counts.failed
    return {
      id: stored.id,
      kind: stored.kind,
      title: stored.title,
      lane: stored.lane,
      state: lost === undefined ? stored.state : 'failed',
      done: counts.done,
      skipped: counts.skipped,
      failed: counts.failed,
      total: counts.total,
      ratePerSecond: entry?.meter.ratePerSecond() ?? null,
      remainingMs: entry?.meter.remainingMs(finished, counts.total) ?? null,
      attempts: stored.attempts,
      error: lost?.error ?? stored.error,
      result: { ...stored.result },
      createdAt: stored.createdAt,
      startedAt: stored.startedAt,
      endedAt: stored.endedAt,
    }
  }

  async function get(id: JobId): Promise<Job> {
    const stored = await db.read.findJob({ id })
    if (stored === null) {
      throw new AppError('JOB_NOT_FOUND', `This project has no job ${id}. Reload the list of jobs.`)
    }
    return toJob(stored)
  }

  /** For a job that a newer wish takes the place of; one that ended by itself meanwhile needs nothing. */
  async function replace(id: JobId): Promise<void> {
    try {
      await cancel(id, 'replaced')
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'JOB_STATE')) throw error
    }
  }

  async function cancel(id: JobId, because: 'cancelled' | 'replaced' = 'cancelled'): Promise<Job> {
    // A job that is just being started is no longer queued, and not yet running.
    await picking
    const entry = [...running.values()].find((candidate) => candidate.job.id === id)
    if (entry !== undefined) {
      entry.controller.abort(because)
      await entry.finished
      return get(id)
    }
    const job = await get(id)
    if (job.state !== 'queued') {
      throw new AppError(
        'JOB_STATE',
        `Only a queued or running job can be cancelled; this one is ${job.state}.`,
      )
    }
    const error = because === 'replaced' ? REPLACED : null
    await db.write.endJob({ id, state: 'cancelled', error, result: job.result })
    publish(id)
    return get(id)
  }

  return {
    async add(kind, params) {
      const dedupeKey = kind.dedupeKey(params)
      const active = dedupeKey === null ? null : await db.read.findActiveJob({ dedupeKey })
      // The same work with other settings: the newer wish counts, and an interrupted job must not come before it.
      if (active !== null && JSON.stringify(active.params) !== JSON.stringify(params)) {
        await replace(active.id)
      }
      const job = await db.write.addJob({
        kind: kind.name,
        title: kind.title(params),
        lane: kind.lane,
        dedupeKey,
        params,
      })
      publish(job.id)
      pick()
      return job.id
    },
    get,
    async list(limit) {
      return (await db.read.listJobs({ limit })).map(toJob)
    },
    cancel: (id) => cancel(id),
    async resume(id) {
      const lost = unstored.get(id)
      if (lost !== undefined) {
        await db.write.endJob({ id, state: 'failed', error: lost.error, result: {} })
        unstored.delete(id)
      }
      const isQueued = await db.write.requeueJob({ id })
      if (!isQueued) {
        throw new AppError(
          'JOB_STATE',
          'Only an ended job can be resumed, and only while no other job does the same work.',
        )
      }
      publish(id)
      pick()
      return get(id)
    },
    lanes: () => LANES.map((lane) => ({ lane, isPaused: paused.has(lane) })),
    pauseLane(lane, isPaused) {
      if (isPaused) {
        paused.add(lane)
        // The row goes back to the queue and resumes by query: nothing done is done again.
        running.get(lane)?.controller.abort('shutdown')
      } else {
        paused.delete(lane)
        pick()
      }
    },
    async close() {
      isClosing = true
      for (const entry of running.values()) entry.controller.abort('shutdown')
      await picking
      await Promise.all([...running.values()].map((entry) => entry.finished))
    },
  }
}
