import type { Job } from '../../../shared/contract/jobs.ts'

export interface Progress {
  show(job: Job): void
  /** Leaves the terminal on a fresh line. */
  end(): void
}

const PLAIN_INTERVAL_MS = 5_000

/** On a terminal one line that is written over; in a file or pipe a line now and then. */
export function createProgress(options: {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  readonly now: () => number
}): Progress {
  let lastLine = ''
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    show(job) {
      const line = describeProgress(job)
      if (line === lastLine) return
      if (options.isTerminal) {
        options.write(`\r\u001b[K${line}`)
      } else {
        if (options.now() - lastAt < PLAIN_INTERVAL_MS) return
        options.write(`${line}\n`)
      }
      lastLine = line
      lastAt = options.now()
    },
    end() {
      if (options.isTerminal && lastLine !== '') options.write('\n')
      lastLine = ''
    },
  }
}

export const noProgress: Progress = { show() {}, end() {} }

export function describeProgress(job: Job): string {
  const count = (value: number): string => value.toLocaleString('en')
  const parts = [
    job.total === null ? count(job.done) : `${count(job.done)} of ${count(job.total)}`,
    job.skipped > 0 ? `${count(job.skipped)} skipped` : null,
    job.failed > 0 ? `${count(job.failed)} failed` : null,
    job.ratePerSecond === null ? null : describeRate(job.ratePerSecond),
    job.remainingMs === null ? null : `about ${describeDuration(job.remainingMs)} left`,
  ]
  return `${job.title}: ${parts.filter((part) => part !== null).join(', ')}`
}

/** Per minute where less than one a second is done, as with models on a small machine. */
function describeRate(perSecond: number): string {
  return perSecond < 1
    ? `${Math.round(perSecond * 60)}/min`
    : `${Math.round(perSecond).toLocaleString('en')}/s`
}

function describeDuration(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
