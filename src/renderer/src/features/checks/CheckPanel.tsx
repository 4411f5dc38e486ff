import { useQuery } from '@tanstack/react-query'
import { ScanText } from 'lucide-react'
import type { CheckStatus } from '../../../../shared/contract/checks.ts'
import { api, client } from '../../api/client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Callout, Panel } from '../../components/Page.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatCount } from '../../components/quantities.ts'
import { reportError } from '../../notices/report-error.ts'
import { useCheckJob } from './use-check-job.ts'

/** How many captions were checked, with what, and the way to the rest. */
export function CheckPanel({ status }: { readonly status: CheckStatus }) {
  const run = useRun()
  const isOwner = useIsOwner() === true
  const isReadOnly = useQuery(api.projects.current.queryOptions()).data?.isReadOnly === true
  const job = useCheckJob('checks.check')
  const { pack, missing, checked, total } = status
  if (pack === null) {
    return (
      <Panel
        title="Captions of this project"
        aside={isOwner && <Button onClick={() => run('app.goToModels')}>Go to Models</Button>}
      >
        <Callout tone="warning">{missing ?? 'No model for these images is installed.'}</Callout>
        <p className="checks-note">
          Marks about the wording and what became of the alt-text need no model and work all the
          same.
        </p>
      </Panel>
    )
  }
  const canStart = isOwner && !isReadOnly && checked < total
  return (
    <Panel
      title="Captions of this project"
      aside={
        job !== undefined
          ? isOwner && <Button onClick={() => run('jobs.cancel', { jobId: job.id })}>Stop</Button>
          : canStart && (
              <Button
                variant="primary"
                icon={ScanText}
                onClick={() => {
                  client.checks.start({}).catch(reportError)
                }}
              >
                Check {checked === 0 ? 'the captions' : 'the rest'}
              </Button>
            )
      }
    >
      <p role="status">
        {total === 0 ? (
          'No image has a caption yet.'
        ) : (
          <>
            <strong className="numeric">
              {formatCount(checked)} of {formatCount(total)}
            </strong>{' '}
            captions are checked as they stand, with {pack.name}.
          </>
        )}
      </p>
      <div className="checks-progress">
        {job !== undefined && (
          <ProgressBar
            label={job.title}
            done={job.done + job.skipped + job.failed}
            total={job.total}
          />
        )}
      </div>
      <p className="checks-note">
        The caption that is open in Align is checked by itself when the typing rests. What was
        checked before is skipped, and a changed text, model or table is checked anew.
      </p>
    </Panel>
  )
}
