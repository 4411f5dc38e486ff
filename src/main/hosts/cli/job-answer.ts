import { setTimeout as sleep } from 'node:timers/promises'
import type { Job, JobError } from '../../../shared/contract/jobs.ts'
import { AppError, isErrorCode } from '../../../shared/errors.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Client } from '../../http/rpc-client.ts'
import { EXIT, type ExitCode } from './command.ts'
import type { Answering, CliContext } from './context.ts'

const POLL_MS = 200
const ERROR_PAGE = 500
/** A source of millions of bad rows must not fill the memory; the counts stay exact. */
const MAX_ERRORS = 10_000
const ERRORS_IN_TEXT = 20

/** Follows a job to its end and prints its answer. Rejects with the job's own error when it failed. */
export async function answerWithJob(
  client: Client,
  jobId: JobId,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const { job, errors, exitCode } = await awaitJob(client, jobId, context, answering)
  if (answering.isJson) context.out(`${JSON.stringify(describeJob(job, errors))}\n`)
  else printJob(job, errors, context)
  return exitCode
}

/** Follows a job to its end. Rejects with the job's own error when it failed. */
export async function awaitJob(
  client: Client,
  jobId: JobId,
  context: CliContext,
  answering: Answering,
): Promise<{
  readonly job: Job
  readonly errors: readonly JobError[]
  readonly exitCode: ExitCode
}> {
  const job = await followJob(client, jobId, context, answering)
  if (job.state === 'failed') throw toError(job)
  if (job.state === 'cancelled') {
    throw new AppError('JOB_STATE', 'The job was cancelled from another window.')
  }
  const errors = await readErrors(client, jobId)
  const hasFailed = job.failed > 0 || errors.length > 0
  return { job, errors, exitCode: hasFailed ? EXIT.itemErrors : EXIT.done }
}

async function followJob(
  client: Client,
  jobId: JobId,
  context: CliContext,
  answering: Answering,
): Promise<Job> {
  try {
    for (;;) {
      const job = await client.jobs.get({ jobId })
      if (job.state !== 'queued' && job.state !== 'running') return job
      answering.progress.show(job)
      await sleep(POLL_MS, undefined, { signal: context.interrupted })
    }
  } finally {
    answering.progress.end()
  }
}

async function readErrors(client: Client, jobId: JobId): Promise<readonly JobError[]> {
  const errors: JobError[] = []
  for (;;) {
    const page = await client.jobs.errors({
      jobId,
      after: errors.at(-1)?.id ?? 0,
      limit: ERROR_PAGE,
    })
    errors.push(...page)
    if (page.length < ERROR_PAGE || errors.length >= MAX_ERRORS) return errors
  }
}

export function describeJob(job: Job, errors: readonly JobError[]): object {
  return {
    done: job.done,
    skipped: job.skipped,
    failed: job.failed,
    errors: errors.map(({ item, code, message }) => ({ item, code, message })),
    result: job.result,
  }
}

export function printJob(job: Job, errors: readonly JobError[], context: CliContext): void {
  context.out(`${job.title}: ${job.done} done, ${job.skipped} skipped, ${job.failed} failed\n`)
  for (const [name, value] of Object.entries(job.result)) context.out(`  ${name}: ${value}\n`)
  for (const error of errors.slice(0, ERRORS_IN_TEXT)) {
    context.err(`  ${error.item}: ${error.message} (${error.code})\n`)
  }
  const more = errors.length - ERRORS_IN_TEXT
  if (more > 0) context.err(`  and ${more} more; --json lists them\n`)
}

function toError(job: Job): AppError {
  const { code, message } = job.error ?? { code: 'INTERNAL', message: 'The job failed.' }
  return new AppError(isErrorCode(code) ? code : 'INTERNAL', message)
}
