import { Boxes, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { describeError } from '../../api/describe-error.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatCount } from '../../components/quantities.ts'
import { NO_ENCODER, useVectors } from './use-vectors.ts'

interface SearchNothingProps {
  readonly total: number | undefined
  readonly error: unknown
  /** What is said where the model is not the reason. */
  readonly children: ReactNode
}

/** Why a search by meaning shows nothing, where that is for want of a model or of vectors. */
export function SearchNothing({ total, error, children }: SearchNothingProps) {
  const run = useRun()
  const vectors = useVectors()
  const failure = vectors.error ?? error
  const problem = failure == null ? null : describeError(failure)
  const isMissing = vectors.isWithoutEncoder || problem?.code === 'PACK_NOT_FOUND'
  if (isMissing || problem?.code.startsWith('PACK_') === true) {
    return (
      <div className="library-nothing">
        <EmptyState
          icon={Boxes}
          title={isMissing ? 'An encoder is needed' : (problem?.title ?? '')}
          actions={
            <>
              <Button variant="primary" onClick={() => run('app.goToModels')}>
                Go to Models
              </Button>
              <Button onClick={() => run('library.clearQuery')}>Clear the query</Button>
            </>
          }
        >
          <p>{problem?.text ?? NO_ENCODER}</p>
        </EmptyState>
      </div>
    )
  }
  const { status, job } = vectors
  const hasNone = status !== undefined && status.covered === 0 && status.total > 0
  if (total === 0 && hasNone) {
    return (
      <div className="library-nothing">
        <EmptyState
          icon={Sparkles}
          title={job === undefined ? 'No image has a vector yet' : 'Looking at the images'}
          {...(job === undefined && vectors.canCompute
            ? {
                actions: (
                  <Button variant="primary" onClick={vectors.compute}>
                    Compute vectors of {formatCount(status.total)} images
                  </Button>
                ),
              }
            : {})}
        >
          <p>
            {job === undefined
              ? `Once, ${status.pack.name} has to look at every image. It runs on this machine, can be stopped, and goes on where it was.`
              : 'What was searched for appears as soon as the first images are done.'}
          </p>
          {job !== undefined && (
            <ProgressBar label={job.title} done={job.done + job.skipped} total={job.total} />
          )}
        </EmptyState>
      </div>
    )
  }
  return children
}
