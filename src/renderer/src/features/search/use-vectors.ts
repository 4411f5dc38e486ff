import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Job } from '../../../../shared/contract/jobs.ts'
import type { EmbedStatus } from '../../../../shared/contract/models.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { reportError } from '../../notices/report-error.ts'

interface Vectors {
  /** Undefined until known, or where there is no pack for these images. */
  readonly status: EmbedStatus | undefined
  readonly error: Error | null
  /** The job that computes vectors now or soon. */
  readonly job: Job | undefined
  /** Whether this window may start it. */
  readonly canCompute: boolean
  readonly compute: () => void
}

/** The vectors of the open project: how many images have one, and the way to the rest. */
export function useVectors(): Vectors {
  const host = useQuery(api.host.capabilities.queryOptions()).data
  const { data } = useQuery({
    queryKey: [...api.models.embedStatus.key({ input: {} }), 'or-problem'],
    queryFn: ({ signal }) => askStatus(signal),
  })
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  return {
    status: data?.status,
    error: data?.error ?? null,
    job: jobs.find(isUnderWay),
    canCompute: host?.isOwner === true,
    compute: () => {
      client.models.embed({}).catch(reportError)
    },
  }
}

/**
 * That there is no pack is an answer like any other. As an error it would leave the query without data, and then an
 * install that ends while it is asked again would not make it ask once more.
 */
async function askStatus(
  signal: AbortSignal,
): Promise<{ readonly status?: EmbedStatus; readonly error?: Error }> {
  try {
    return { status: await client.models.embedStatus({}, { signal }) }
  } catch (error) {
    if (error instanceof Error && describeError(error).code.startsWith('PACK_')) return { error }
    throw error
  }
}

function isUnderWay({ kind, state }: Job): boolean {
  return kind === 'models.embed' && (state === 'queued' || state === 'running')
}

/** Projects whose vectors were started without being asked for: once is enough, whatever became of it. */
const startedFor = new Set<string>()

/**
 * Computes the vectors of the sample project when they are first needed: a newcomer's first search works, and whoever
 * never searches pays nothing.
 */
export function useSampleVectors({ status, job, canCompute, compute }: Vectors): void {
  const project = useQuery(api.projects.current.queryOptions()).data
  const uid = project?.isSample === true ? project.uid : undefined
  const isWanted =
    uid !== undefined &&
    canCompute &&
    job === undefined &&
    status !== undefined &&
    status.covered < status.total
  useEffect(() => {
    if (!isWanted || startedFor.has(uid)) return
    startedFor.add(uid)
    compute()
  }, [isWanted, uid, compute])
}
