import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { useCommandHandlers, useRun } from '../../commands/CommandProvider.tsx'
import { alignPath, DEFAULT_LISTING } from '../../navigation/listing.ts'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'

export interface Remark {
  readonly remark: string
  /** The stretch of the caption that the remark is about. */
  readonly quote: { readonly start: number; readonly end: number } | null
}

type Mode = 'read' | 'edit' | 'return'

export interface Decision {
  /** The caption as it was when it came on screen: what is decided on is what was read. */
  readonly seen: ReviewItem
  readonly text: string
  readonly mode: Mode
  readonly remark: Remark
  readonly isBusy: boolean
  readonly isGone: boolean
  /** Somebody made another text of it since. */
  readonly isOutdated: boolean
  readonly canEdit: boolean
  readonly canDecide: boolean
  readonly correct: (text: string) => void
  readonly setRemark: (remark: Remark) => void
  readonly giveBack: () => void
  /** Back to reading: leaves a correction behind, and keeps what was typed as a remark. */
  readonly stop: () => void
}

const NO_REMARK: Remark = { remark: '', quote: null }

/** Answers were somebody else's: the queue has to be read again. */
const OVERTAKEN: readonly string[] = ['REVISION_CONFLICT', 'REVIEW_DECIDED', 'IMAGE_NOT_FOUND']

interface DecisionOptions {
  readonly item: ReviewItem
  readonly isGone: boolean
  readonly onDecided: () => void
  readonly onStale: () => Promise<void>
}

/** The decision about one caption, by button or key. */
export function useDecision({ item, isGone, onDecided, onStale }: DecisionOptions): Decision {
  const run = useRun()
  const [, navigate] = useLocation()
  const [seen, setSeen] = useState(item)
  const [mode, setMode] = useState<Mode>('read')
  const [text, setText] = useState(item.text)
  const [remark, setRemark] = useState(NO_REMARK)
  const [isBusy, setBusy] = useState(false)
  const isOutdated = item.headRevisionId !== seen.headRevisionId
  const canDecide = !isBusy && !isOutdated && !isGone
  // A text field of the page would turn these line ends into others.
  const canEdit = canDecide && !seen.text.includes('\r')
  const base = { imageId: seen.imageId, baseRevisionId: seen.headRevisionId }

  async function decide(work: () => Promise<unknown>, title: string): Promise<void> {
    setBusy(true)
    try {
      await work()
      onDecided()
      const action = { label: 'Undo', run: () => void run('review.undo') }
      showNotice({ tone: 'success', title, action })
    } catch (error) {
      setBusy(false)
      reportError(error)
      if (OVERTAKEN.includes(describeError(error).code)) await onStale()
    }
  }

  function accept(): Promise<void> {
    const edited = text === seen.text ? {} : { text }
    return decide(() => client.review.accept({ ...base, ...edited }), `Accepted: ${seen.name}`)
  }

  function giveBack(): Promise<void> {
    const said = { remark: remark.remark.trim(), quote: remark.quote }
    return decide(
      () => client.review.return({ ...base, ...said }),
      `Returned to ${seen.author}: ${seen.name}`,
    )
  }

  function showNewer(): void {
    const wasCorrected = text !== seen.text
    setSeen(item)
    if (!wasCorrected) setText(item.text)
    // The places of the older text mean nothing in the newer one.
    setRemark({ ...remark, quote: null })
  }

  useCommandHandlers({
    'review.accept': { isEnabled: () => canDecide && mode !== 'return', run: accept },
    'review.return': {
      isEnabled: () => canDecide,
      run: () => {
        setMode('return')
      },
    },
    'review.edit': {
      isEnabled: () => canEdit && mode !== 'edit',
      run: () => {
        setMode('edit')
      },
    },
    'review.showNewer': { isEnabled: () => isOutdated, run: showNewer },
    'review.openInAlign': {
      run: () => {
        navigate(alignPath(seen.imageId, DEFAULT_LISTING))
      },
    },
  })

  return {
    ...{ seen, text, mode, remark, isBusy, isOutdated, canEdit, canDecide, setRemark },
    // While a decision is under way, it is this window that takes the caption out of the queue.
    isGone: isGone && !isBusy,
    correct: setText,
    giveBack: () => {
      if (canDecide && remark.remark.trim() !== '') void giveBack()
    },
    stop: () => {
      if (mode === 'edit') setText(seen.text)
      setMode('read')
    },
  }
}
