import { useQuery } from '@tanstack/react-query'
import { Pause, Play, X } from 'lucide-react'
import type { Job } from '../../../shared/contract/jobs.ts'
import { api } from '../api/client.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { ProgressBar } from '../components/ProgressBar.tsx'
import { formatCount, formatDuration, formatRate } from '../components/quantities.ts'
import './RunningJob.css'

/** The job under way, in the frame: what, how far, how fast, how long yet; pause and cancel. */
export function RunningJob({ isCompact = false }: { readonly isCompact?: boolean }) {
  const run = useRun()
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } }))
  const lanes = useQuery(api.jobs.lanes.queryOptions())
  const active = (jobs.data ?? []).filter((job) => isActive(job))
  const job = active.find((candidate) => candidate.state === 'running') ?? active[0]
  if (job === undefined) return null
  const isPaused = lanes.data?.some((lane) => lane.lane === job.lane && lane.isPaused) ?? false
  const more = active.length - 1
  return (
    <div className={isCompact ? 'running-job running-job-compact' : 'running-job'}>
      <button type="button" className="running-job-text" onClick={() => run('app.goToJobs')}>
        <span dir="auto">{job.title}</span>
        <span className="numeric">{isPaused ? 'paused' : describeProgress(job)}</span>
        {more > 0 && <span className="numeric">{`+${more}`}</span>}
      </button>
      <ProgressBar
        label={job.title}
        done={job.done + job.skipped + job.failed}
        total={job.total}
        tone={isPaused ? 'faint' : 'supported'}
      />
      {!isCompact && (
        <>
          <IconButton
            icon={isPaused ? Play : Pause}
            label={isPaused ? 'Go on' : 'Pause'}
            onClick={() => run('jobs.pauseLane', { lane: job.lane, paused: !isPaused })}
          />
          <IconButton
            icon={X}
            label="Cancel this job"
            onClick={() => run('jobs.cancel', { jobId: job.id })}
          />
        </>
      )}
    </div>
  )
}

function isActive(job: Job): boolean {
  return job.state === 'running' || job.state === 'queued'
}

function describeProgress(job: Job): string {
  if (job.state === 'queued') return 'waiting'
  const handled = job.done + job.skipped + job.failed
  const parts = [
    job.total === null
      ? formatCount(handled)
      : `${formatCount(handled)} of ${formatCount(job.total)}`,
    job.ratePerSecond === null ? '' : formatRate(job.ratePerSecond),
    job.remainingMs === null ? '' : `${formatDuration(job.remainingMs)} left`,
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
