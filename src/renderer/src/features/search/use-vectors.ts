import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Job } from '../../../../shared/contract/jobs.ts'
import type { EmbedStatus } from '../../../../shared/contract/models.ts'
import { api, client } from '../../api/client.ts'
import { reportError } from '../../notices/report-error.ts'

/** What is known of the vectors of the encoder in use. */
export interface VectorStatus extends EmbedStatus {
  readonly pack: NonNullable<EmbedStatus['pack']>
}

interface Vectors {
  /** Undefined until known, and where there is no encoder for these images. */
  readonly status: VectorStatus | undefined
  /** No encoder for these images is installed. */
  readonly isWithoutEncoder: boolean
  readonly error: Error | null
  /** The job that computes vectors now or soon. */
  readonly job: Job | undefined
  /** Whether this window may start it. */
  readonly canCompute: boolean
  readonly compute: () => void
}

/** What to say and do where no encoder is installed. */
export const NO_ENCODER =
  'Searching by what images show needs an image-text encoder, and none for these images is installed: the one that comes with Realign knows the sample project only. Install one on the Models screen, from the catalogue or from a folder that you fetched elsewhere.'

/** The vectors of the open project: how many images have one, and the way to the rest. */
export function useVectors(): Vectors {
  const host = useQuery(api.host.capabilities.queryOptions()).data
  const { data, error } = useQuery(api.models.embedStatus.queryOptions({ input: {} }))
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  return {
    status: data === undefined || data.pack === null ? undefined : { ...data, pack: data.pack },
    isWithoutEncoder: data?.pack === null,
    error,
    job: jobs.find(isUnderWay),
    canCompute: host?.isOwner === true,
    compute: () => {
      client.models.embed({}).catch(reportError)
    },
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
