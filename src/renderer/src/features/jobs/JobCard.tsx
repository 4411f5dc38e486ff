import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleX,
  Hourglass,
  LoaderCircle,
  RotateCcw,
  X,
} from 'lucide-react'
import { useState } from 'react'
import type { Job } from '../../../../shared/contract/jobs.ts'
import { describeCode } from '../../api/describe-error.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Callout } from '../../components/Page.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatAgo, formatCount, formatDuration, formatRate } from '../../components/quantities.ts'
import { JobErrors } from './JobErrors.tsx'
import './JobCard.css'

const STATES = {
  queued: { icon: Hourglass, label: 'Waiting' },
  running: { icon: LoaderCircle, label: 'Running' },
  done: { icon: CircleCheck, label: 'Done' },
  failed: { icon: CircleX, label: 'Failed' },
  cancelled: { icon: Ban, label: 'Cancelled' },
} as const

/** One job: how far, how fast, what came of it, what went wrong. */
export function JobCard({ job }: { readonly job: Job }) {
  const [areErrorsShown, setErrorsShown] = useState(false)
  const isActive = job.state === 'running' || job.state === 'queued'
  const hasWarnings = job.state === 'done' && job.failed > 0
  const { icon, label } = STATES[job.state]
  const Icon = hasWarnings ? CircleAlert : icon
  return (
    <li className={`job job-${job.state}`} data-warnings={hasWarnings}>
      <div className="job-head">
        <Icon className="icon" aria-hidden />
        <div className="job-title">
          <h2 dir="auto">{job.title}</h2>
          <p className="job-state">
            {label}
            <JobTime job={job} />
          </p>
        </div>
        <JobActions job={job} />
      </div>
      {isActive && (
        <ProgressBar
          label={job.title}
          done={job.done + job.skipped + job.failed}
          total={job.total}
          tone="supported"
        />
      )}
      <JobCounts
        job={job}
        areErrorsShown={areErrorsShown}
        onToggleErrors={() => {
          setErrorsShown(!areErrorsShown)
        }}
      />
      {job.error !== null && <JobFailure error={job.error} />}
      {areErrorsShown && <JobErrors jobId={job.id} />}
    </li>
  )
}

function JobTime({ job }: { readonly job: Job }) {
  const [now] = useState(() => Date.now())
  if (job.state === 'running') {
    const parts = [
      job.ratePerSecond === null ? '' : formatRate(job.ratePerSecond),
      job.remainingMs === null ? '' : `${formatDuration(job.remainingMs)} left`,
    ].filter((part) => part !== '')
    return parts.map((part) => <span key={part}>{part}</span>)
  }
  if (job.endedAt === null) return null
  const took = job.startedAt === null ? '' : `took ${formatDuration(job.endedAt - job.startedAt)}`
  return (
    <>
      <span>{formatAgo(job.endedAt, Math.max(now, job.endedAt))}</span>
      {took !== '' && <span>{took}</span>}
    </>
  )
}

function JobActions({ job }: { readonly job: Job }) {
  const run = useRun()
  // Invited people see how far the work is; the owner steers it.
  if (useIsOwner() === false) return null
  if (job.state === 'running' || job.state === 'queued') {
    return (
      <Button icon={X} onClick={() => run('jobs.cancel', { jobId: job.id })}>
        Cancel
      </Button>
    )
  }
  if (job.state === 'done') return null
  return (
    <Button icon={RotateCcw} onClick={() => run('jobs.resume', { jobId: job.id })}>
      Go on
    </Button>
  )
}

interface JobCountsProps {
  readonly job: Job
  readonly areErrorsShown: boolean
  readonly onToggleErrors: () => void
}

function JobCounts({ job, areErrorsShown, onToggleErrors }: JobCountsProps) {
  // What did not happen needs no line of its own.
  const facts = Object.entries(job.result).filter(([, value]) => value !== 0)
  return (
    <dl className="job-counts">
      <Fact name="done" value={withTotal(job)} />
      <Fact name="skipped" value={job.skipped} />
      <div>
        <dt>failed</dt>
        <dd>
          {job.failed === 0 ? (
            '0'
          ) : (
            <button
              type="button"
              className="job-errors-button"
              aria-expanded={areErrorsShown}
              onClick={onToggleErrors}
            >
              {`${formatCount(job.failed)}, ${areErrorsShown ? 'hide' : 'show'}`}
            </button>
          )}
        </dd>
      </div>
      {facts.map(([name, value]) => (
        <Fact key={name} name={inWords(name)} value={value} />
      ))}
    </dl>
  )
}

/** `sameContent` becomes `same content`. */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function withTotal(job: Job): string | number {
  return job.total === null || job.state === 'done'
    ? job.done
    : `${formatCount(job.done)} of ${formatCount(job.total)}`
}

function Fact({ name, value }: { readonly name: string; readonly value: string | number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{typeof value === 'number' ? formatCount(value) : value}</dd>
    </div>
  )
}

function JobFailure({ error }: { readonly error: NonNullable<Job['error']> }) {
  const { title, text, advice } = describeCode(error.code, error.message)
  return (
    <Callout tone="error">
      <strong>{title}.</strong> {text} {advice}
    </Callout>
  )
}
