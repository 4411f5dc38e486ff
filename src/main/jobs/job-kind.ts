import type { z } from 'zod'
import type { JobId } from '../../shared/domain/ids.ts'
import type { Log } from '../base/log.ts'

export type JobLane = 'io' | 'cpu' | 'gpu'

/** What a running job is given. Counts go up only; the scheduler publishes and stores them. */
export interface JobRun {
  readonly id: JobId
  readonly signal: AbortSignal
  readonly log: Log
  /** Null while the amount of work is not known. */
  setTotal(total: number | null): void
  count(outcome: 'done' | 'skipped', by?: number): void
  /** Counts one failed item and keeps its reason; the job goes on. */
  fail(error: { readonly item: string; readonly code: string; readonly message: string }): void
  /** Says that something new was made durable, so that a kill after it is not taken for a crash loop. */
  markProgress(): void
  /** Facts for the end of the job, shown as they are. */
  setResult(facts: Readonly<Record<string, string | number>>): void
}

export interface JobKind<Params> {
  readonly name: string
  readonly lane: JobLane
  readonly params: z.ZodType<Params>
  /** Two active jobs with one key are one job; null when each start is a job of its own. */
  dedupeKey(params: Params): string | null
  title(params: Params): string
  run(params: Params, run: JobRun): Promise<void>
}

/** A kind whose params are checked when a stored row is started, so that kinds of any params share one list. */
export interface RegisteredKind {
  readonly name: string
  /** The work for stored params, or null when they no longer fit the kind. */
  prepare(params: unknown): ((run: JobRun) => Promise<void>) | null
}

export function register<Params>(kind: JobKind<Params>): RegisteredKind {
  return {
    name: kind.name,
    prepare(params) {
      const parsed = kind.params.safeParse(params)
      return parsed.success ? (run) => kind.run(parsed.data, run) : null
    },
  }
}
