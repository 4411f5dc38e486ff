import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Override } from '../../../../../shared/contract/judgements.ts'
import { api, client } from '../../../api/client.ts'
import { reportError } from '../../../notices/report-error.ts'
import { answerKey } from './align-mark.ts'
import type { AnswerStep } from './answer-steps.ts'
import { dropFindings, refetchFindings } from './refetch-findings.ts'
import type { Findings } from './use-findings.ts'
import { noteArrived, noteSent, noteWaiting } from './waiting-answers.ts'

export interface Answers {
  readonly store: (step: AnswerStep) => void
  /** Whether an answer was given that the findings cannot know of yet, so that nothing is asked or offered twice. */
  readonly isGiven: (override: Override) => boolean
}

interface NewestAnswer {
  readonly step: AnswerStep
  /** When the core had it, in milliseconds; null while it is on its way. */
  readonly storedAt: number | null
}

/** Answers on their way to the core. */
export const ANSWER_QUEUE = ['judgements', 'answers']
/** What an answer changes. */
const FOUND_BY_ANSWERS = [api.judgements.key(), api.text.key()]

/** Stores and withdraws answers one after the other and shows it at once by asking again. */
export function useAnswers(findings: Findings | null): Answers {
  const queryClient = useQueryClient()
  const [newest, setNewest] = useState<ReadonlyMap<string, NewestAnswer>>(new Map())
  /** What became of an older step says nothing where a newer one about the same thing follows it. */
  const noteStored = (step: AnswerStep, storedAt: number) => {
    const key = answerKey(step.override)
    setNewest((before) =>
      before.get(key)?.step === step ? new Map(before).set(key, { step, storedAt }) : before,
    )
  }
  /** Only behind the last step of the queue: what is found between two steps shows a state that nobody wants to see. */
  const showStored = async () => {
    const isLast = queryClient.isMutating({ mutationKey: ANSWER_QUEUE }) <= 1
    if (isLast) await refetchFindings(queryClient, FOUND_BY_ANSWERS)
  }
  const { mutate } = useMutation({
    mutationKey: ANSWER_QUEUE,
    scope: { id: 'judgements' },
    mutationFn: (step: AnswerStep) => {
      noteSent(step)
      const { isGiven, ...input } = step
      return isGiven ? client.judgements.answer(input) : client.judgements.withdraw(input)
    },
    onSuccess: (_, step) => {
      noteStored(step, Date.now())
    },
    onError: (error, step) => {
      noteStored(step, 0)
      reportError(error)
    },
    onSettled: (_answer, _error, step) => {
      noteArrived(step)
      return showStored()
    },
  })
  return {
    store(step) {
      setNewest((before) => new Map(before).set(answerKey(step.override), { step, storedAt: null }))
      void dropFindings(queryClient, FOUND_BY_ANSWERS)
      noteWaiting(step)
      mutate(step)
    },
    isGiven(override) {
      const answer = newest.get(answerKey(override))
      if (findings === null || answer === undefined) return false
      const { step, storedAt } = answer
      if (step.imageId !== findings.imageId || !step.isGiven) return false
      return storedAt === null || findings.foundAt <= storedAt
    },
  }
}
