import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Judgements } from '../../../../../shared/contract/judgements.ts'
import type { TextAnalysis } from '../../../../../shared/contract/text.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'
import { usePausedCaption, type OpenCaption } from '../open-caption.ts'
import { listMarks, type AlignMark } from './align-mark.ts'

/** What is said about the open image's texts; all of one text, never of two. */
export interface Findings {
  readonly imageId: ImageId
  /** The caption that the findings are about. It may have been typed past meanwhile. */
  readonly caption: string
  readonly analysis: TextAnalysis
  readonly judgements: Judgements
  readonly marks: readonly AlignMark[]
  /** When they came, in milliseconds. */
  readonly foundAt: number
}

const NO_JUDGEMENTS: Judgements = { verdicts: [], details: [], overrides: [] }
/** Every pause in typing asks anew, and nobody comes back to a half-typed text. */
const KEEP_MS = 20_000

export interface AskedFindings {
  /** The last ones of the same image until the new ones are there; null until the first ones come. */
  readonly findings: Findings | null
  /** True where this text could not be read; the next pause asks again. */
  readonly isFailed: boolean
}

/** Asks at each pause in typing. */
export function useFindings(imageId: ImageId, caption: OpenCaption): AskedFindings {
  const paused = usePausedCaption(caption)
  // The text of the image before is still known while the next one is on its way.
  const text = paused?.imageId === imageId ? paused.text : null
  const input = { imageId, caption: text ?? '' }
  const options = { enabled: text !== null, gcTime: KEEP_MS }
  const analysis = useQuery({ ...api.text.analyse.queryOptions({ input }), ...options })
  const judgements = useQuery({ ...api.judgements.get.queryOptions({ input }), ...options })
  const found = analysis.data
  const judged = judgements.data ?? NO_JUDGEMENTS
  const isWhole = text !== null && !judgements.isPending
  const foundAt = Math.min(analysis.dataUpdatedAt, judgements.dataUpdatedAt)
  const newest = useMemo((): Findings | null => {
    if (found === undefined || !isWhole) return null
    const { overrides, verdicts } = judged
    const marks = listMarks({ caption: text, hygiene: found.caption.hygiene, verdicts, overrides })
    return { imageId, caption: text, analysis: found, judgements: judged, marks, foundAt }
  }, [imageId, found, judged, text, isWhole, foundAt])
  const [kept, setKept] = useState(newest)
  if (newest !== null && newest !== kept) setKept(newest)
  const findings = newest ?? (kept?.imageId === imageId ? kept : null)
  return { findings, isFailed: analysis.isError || judgements.isError }
}
