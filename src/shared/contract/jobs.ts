import { z } from 'zod'
import { jobId, procedure } from './base.ts'

const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
const JOB_LANES = ['io', 'cpu', 'gpu'] as const

const job = z.object({
  id: jobId,
  kind: z.string(),
  /** What the job does, in words, e.g. "Import photos.jsonl". */
  title: z.string(),
  lane: z.enum(JOB_LANES),
  state: z.enum(JOB_STATES),
  done: z.number(),
  skipped: z.number(),
  failed: z.number(),
  /** Null while the amount of work is not known. */
  total: z.number().nullable(),
  ratePerSecond: z.number().nullable(),
  remainingMs: z.number().nullable(),
  attempts: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Plain facts at the end, e.g. `{ added: 3, changed: 1 }`, shown as they are. */
  result: z.record(z.string(), z.union([z.string(), z.number()])),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})
export type Job = z.infer<typeof job>

const jobError = z.object({
  id: z.number(),
  item: z.string(),
  code: z.string(),
  message: z.string(),
})
export type JobError = z.infer<typeof jobError>

const lane = z.object({ lane: z.enum(JOB_LANES), isPaused: z.boolean() })

export const jobs = {
  list: procedure
    .input(z.object({ limit: z.int().min(1).max(200).default(50) }).prefault({}))
    .output(z.array(job)),
  get: procedure.input(z.object({ jobId })).output(job),
  errors: procedure
    .input(
      z.object({
        jobId,
        after: z.number().default(0),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(jobError)),
  cancel: procedure.input(z.object({ jobId })).output(job),
  /** Runs a failed or cancelled job on from where it stopped. */
  resume: procedure.input(z.object({ jobId })).output(job),
  lanes: procedure.output(z.array(lane)),
  pauseLane: procedure
    .input(z.object({ lane: z.enum(JOB_LANES), paused: z.boolean() }))
    .output(z.array(lane)),
}
