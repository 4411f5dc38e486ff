import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  DEFAULT_LIMITS,
  ISSUE_RULES,
  nearestEdge,
  type QualityIssue,
} from '../../../../shared/domain/image-quality.ts'
import { api } from '../../api/client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { reportError } from '../../notices/report-error.ts'

/** A limit is kept for the project once it rests so long. */
const REST_MS = 400

/** The limit of an issue as it is moved: at once here, and in the project when it rests. Others only try limits out. */
export function useLimit(issue: QualityIssue, stored: number) {
  const { edges } = ISSUE_RULES[issue]
  const isOwner = useIsOwner() === true
  const queryClient = useQueryClient()
  /** What was chosen here, until the project has it. */
  const [chosen, setChosen] = useState<number | null>(null)
  const limit = chosen ?? nearestEdge(issue, stored)
  const { mutate, isPending } = useMutation({
    ...api.quality.setLimit.mutationOptions(),
    scope: { id: `quality-limit-${issue}` },
    onSuccess: (status) => {
      queryClient.setQueryData(api.quality.status.queryKey(), status)
    },
    onError: reportError,
  })
  // The project has it: from now on the limit follows what others choose. One that was moved on meanwhile stays.
  if (chosen !== null && chosen === stored && !isPending) setChosen(null)
  useEffect(() => {
    if (chosen === null || !isOwner || chosen === stored) return
    const timer = setTimeout(() => {
      mutate({ issue, limit: chosen })
    }, REST_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [chosen, isOwner, issue, mutate, stored])
  return {
    limit,
    index: edges.indexOf(limit),
    isDefault: limit === DEFAULT_LIMITS[issue],
    isKept: isOwner,
    moveTo: (index: number) => {
      setChosen(edges[index] ?? null)
    },
    reset: () => {
      setChosen(DEFAULT_LIMITS[issue])
    },
  }
}
