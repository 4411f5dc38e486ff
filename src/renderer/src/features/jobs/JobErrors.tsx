import { useInfiniteQuery } from '@tanstack/react-query'
import type { JobId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'
import { describeCode } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'

const PAGE_SIZE = 100

/** The items that failed and why, a page at a time. */
export function JobErrors({ jobId }: { readonly jobId: JobId }) {
  const errors = useInfiniteQuery(
    api.jobs.errors.infiniteOptions({
      input: (after: number) => ({ jobId, after, limit: PAGE_SIZE }),
      initialPageParam: 0,
      getNextPageParam: (page) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.id),
    }),
  )
  if (errors.data === undefined) return <Skeleton height="60px" />
  return (
    <div className="job-errors">
      <table>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {errors.data.pages.flat().map((error) => (
            <tr key={error.id}>
              <td dir="auto">{error.item}</td>
              <td dir="auto">
                {error.message === '' ? describeCode(error.code, '').title : error.message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {errors.hasNextPage && (
        <Button
          size="small"
          isBusy={errors.isFetchingNextPage}
          onClick={() => void errors.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  )
}
