import { useQuery } from '@tanstack/react-query'
import type { Job } from '../../../../shared/contract/jobs.ts'
import { api } from '../../api/client.ts'

/** The job that checks captions now or soon. */
export function useCheckJob(): Job | undefined {
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  return jobs.find(
    ({ kind, state }) => kind === 'checks.check' && (state === 'queued' || state === 'running'),
  )
}
