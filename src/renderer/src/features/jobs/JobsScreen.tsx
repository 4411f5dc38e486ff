import { useQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { api } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Page } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { JobCard } from './JobCard.tsx'
import { Lanes } from './Lanes.tsx'

/** Everything long: what runs, what is waiting, what it came to. */
export function JobsScreen() {
  const run = useRun()
  const isOwner = useIsOwner()
  const jobs = useQuery({
    ...api.jobs.list.queryOptions({ input: { limit: 50 } }),
    throwOnError: hasNothingToShow,
  })
  if (jobs.data?.length === 0) {
    return (
      <EmptyState
        icon={ListChecks}
        title="No jobs yet"
        actions={
          isOwner === true && <Button onClick={() => run('app.goToImport')}>Import images</Button>
        }
      >
        <p>
          Imports, exports and other long work appear here, with their progress and their errors.
        </p>
      </EmptyState>
    )
  }
  return (
    <Page
      title="Jobs"
      lead="They go on when you close this window, and after a restart."
      actions={<Lanes />}
    >
      {jobs.data === undefined ? (
        <Skeleton height="96px" />
      ) : (
        <ul className="job-list">
          {jobs.data.map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
        </ul>
      )}
    </Page>
  )
}
