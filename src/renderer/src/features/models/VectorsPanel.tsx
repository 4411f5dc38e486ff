import { Sparkles } from 'lucide-react'
import { describeError } from '../../api/describe-error.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Callout, Panel } from '../../components/Page.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatBytes, formatCount } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { NO_ENCODER, useVectors } from '../search/use-vectors.ts'

/** How many images of the open project a model has looked at, and the way to the rest. */
export function VectorsPanel() {
  const run = useRun()
  const { status, isWithoutEncoder, error, job, compute } = useVectors()
  if (isWithoutEncoder) {
    return (
      <Panel title="Search by meaning in this project">
        <Callout tone="warning">{NO_ENCODER}</Callout>
      </Panel>
    )
  }
  if (error !== null) {
    const { text, title } = describeError(error)
    return (
      <Panel title="Search by meaning in this project">
        <Callout tone="warning">
          {title}. {text}
        </Callout>
      </Panel>
    )
  }
  if (status === undefined) return <Skeleton height="96px" />
  const { covered, total, pack, sizeBytes } = status
  const done = job === undefined ? covered : Math.max(covered, job.done + job.skipped)
  return (
    <Panel
      title="Search by meaning in this project"
      aside={
        job === undefined ? (
          covered < total ? (
            <Button variant="primary" icon={Sparkles} onClick={compute}>
              Compute {covered === 0 ? 'the vectors' : 'the rest'}
            </Button>
          ) : (
            <Button icon={Sparkles} onClick={() => run('app.goToLibrary')}>
              Search in the library
            </Button>
          )
        ) : (
          <Button onClick={() => run('jobs.cancel', { jobId: job.id })}>Stop</Button>
        )
      }
    >
      <p role="status">
        <strong className="numeric">
          {formatCount(done)} of {formatCount(total)}
        </strong>{' '}
        images have vectors of {pack.name}
        {sizeBytes > 0 && `, ${formatBytes(sizeBytes)} beside the project`}.
      </p>
      {job !== undefined && (
        <ProgressBar
          label={job.title}
          done={job.done + job.skipped + job.failed}
          total={job.total}
        />
      )}
      <p className="pack-note">
        In the library press S and say what pictures should show, or M for more like the one you
        stand on. New and changed images need this step again; what is done is skipped.
      </p>
    </Panel>
  )
}
