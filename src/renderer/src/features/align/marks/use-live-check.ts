import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'
import { useSettled } from '../../../components/use-settled.ts'
import { usePausedCaption, type OpenCaption, type OpenText } from '../open-caption.ts'
import { refetchFindings } from './refetch-findings.ts'
import { ANSWER_QUEUE } from './use-answers.ts'

/** What became of holding the open text against its picture. */
export type LiveCheck =
  /** Nothing to say: not known yet, an empty text, or nobody may ask. */
  | { readonly kind: 'off' }
  /** Nothing checks here: no pack for these images, or not for this text. */
  | { readonly kind: 'missing'; readonly isPack: boolean; readonly message: string }
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked'; readonly text: OpenText }
  | { readonly kind: 'failed' }

/** On top of the pause in typing that reads the text: a check costs more, and half a sentence is not worth it. */
const REST_MS = 500
/** Nobody comes back to a half-typed text. */
const KEEP_MS = 20_000
const OFF: LiveCheck = { kind: 'off' }

/**
 * Has the text checked where the typing rests, and asks for the judgements anew when it was. The text that comes next
 * takes the question about the one before back; an error costs the marks of this text and nothing else.
 */
export function useLiveCheck(imageId: ImageId, caption: OpenCaption): LiveCheck {
  const queryClient = useQueryClient()
  const project = useQuery(api.projects.current.queryOptions()).data
  const status = useQuery(api.checks.status.queryOptions()).data
  const paused = usePausedCaption(caption)
  const rested = useSettled(paused, REST_MS)
  const text = paused?.imageId === imageId && paused === rested ? paused : null
  const isWanted = status?.pack != null && project?.isReadOnly === false && hasWords(text)
  const input = { imageId, caption: text?.text ?? '' }
  const run = useQuery({
    ...api.checks.run.queryOptions({ input }),
    // Another model, table or switch answers otherwise.
    queryKey: [...api.checks.run.key({ input }), status?.pack, status?.calibration?.id],
    enabled: isWanted,
    retry: false,
    gcTime: KEEP_MS,
  })
  const isChecked = run.data?.isChecked === true
  const showChecked = useEffectEvent(() => {
    // An answer on its way shows all anew once it is stored; in between its mark would come back.
    if (text === null || queryClient.isMutating({ mutationKey: ANSWER_QUEUE }) > 0) return
    const input = { imageId, caption: text.text }
    // Fates go by what the picture shows, too.
    const found = [api.judgements.get.key({ input }), api.text.analyse.key({ input })]
    void refetchFindings(queryClient, found)
  })
  // Of a text that checks cannot read they drop the marks of the text before it.
  const isAnswered = run.data !== undefined
  useEffect(() => {
    if (isAnswered) showChecked()
  }, [isAnswered, run.dataUpdatedAt])
  const missing = status?.pack === null ? status.missing : null
  const unchecked = run.data?.isChecked === false ? run.data.missing : null
  const { isFetching, isError } = run
  return useMemo((): LiveCheck => {
    if (missing !== null) return { kind: 'missing', isPack: true, message: missing }
    if (!isWanted || text === null) return OFF
    if (isFetching) return { kind: 'checking' }
    if (isError) return { kind: 'failed' }
    if (unchecked !== null) return { kind: 'missing', isPack: false, message: unchecked }
    return isChecked ? { kind: 'checked', text } : OFF
  }, [missing, isWanted, text, isFetching, isError, unchecked, isChecked])
}

function hasWords(text: OpenText | null): boolean {
  return text !== null && text.text.trim() !== ''
}
