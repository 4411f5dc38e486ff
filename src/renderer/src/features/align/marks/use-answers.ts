import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Override } from '../../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api, client } from '../../../api/client.ts'
import { reportError } from '../../../notices/report-error.ts'
import { answerKey } from './align-mark.ts'
import type { AnswerStep } from './answer-steps.ts'
import { refetchFindings } from './refetch-findings.ts'
import type { Findings } from './use-findings.ts'

export interface Answers {
  readonly store: (step: AnswerStep) => void
  /** Whether an answer was given that the findings cannot know of yet, so that nothing is asked or offered twice. */
  readonly isGiven: (override: Override) => boolean
}

interface NewestAnswer {
  readonly imageId: ImageId
  readonly isGiven: boolean
  /** When the core had it, in milliseconds; null while it is on its way. */
  readonly storedAt: number | null
}

/** Stores and withdraws answers one after the other and shows it at once by asking again. */
export function useAnswers(findings: Findings | null): Answers {
  const queryClient = useQueryClient()
  const [newest, setNewest] = useState<ReadonlyMap<string, NewestAnswer>>(new Map())
  const note = ({ imageId, override, isGiven }: AnswerStep, storedAt: number | null) => {
    const answer = { imageId, isGiven, storedAt }
    setNewest((before) => new Map(before).set(answerKey(override), answer))
  }
  const { mutate } = useMutation({
    scope: { id: 'judgements' },
    mutationFn: ({ isGiven, ...input }: AnswerStep) =>
      isGiven ? client.judgements.answer(input) : client.judgements.withdraw(input),
    onSuccess: (_, step) => {
      note(step, Date.now())
      return refetchFindings(queryClient, [api.judgements.key(), api.text.key()])
    },
    onError: (error, step) => {
      note(step, 0)
      reportError(error)
    },
  })
  return {
    store(step) {
      note(step, null)
      mutate(step)
    },
    isGiven(override) {
      const answer = newest.get(answerKey(override))
      if (findings === null || answer?.imageId !== findings.imageId || !answer.isGiven) return false
      return answer.storedAt === null || findings.foundAt <= answer.storedAt
    },
  }
}
