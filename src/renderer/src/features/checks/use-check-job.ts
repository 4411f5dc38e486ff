import { useQuery } from '@tanstack/react-query'
import type { Job } from '../../../../shared/contract/jobs.ts'
import { api } from '../../api/client.ts'

/** The job of this kind that runs now or soon. */
export function useCheckJob(kind: 'checks.check' | 'checks.calibrate'): Job | undefined {
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  return jobs.find(
    (job) => job.kind === kind && (job.state === 'queued' || job.state === 'running'),
  )
}
