import { useEffect, useEffectEvent, useReducer, useRef } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import type { Strip } from './use-strip.ts'

interface WalkStep {
  readonly direction: 'previous' | 'next'
  /** Called just before the neighbour is opened. */
  readonly onGo?: () => void
  /** Called where the walk ends here. */
  readonly whenNone: () => void
}

interface WalkOptions {
  readonly imageId: ImageId
  readonly strip: Strip
  readonly goTo: (imageId: ImageId) => void
}

/**
 * Goes to the neighbours of the open image. A step asked for before they are known is taken once they are, so that a
 * quick hand on a slow machine is not told that the walk ends here.
 */
export function useWalkSteps({ imageId, strip, goTo }: WalkOptions): (step: WalkStep) => void {
  const waiting = useRef<{ readonly imageId: ImageId; readonly step: WalkStep }>(null)
  const [asked, askAgain] = useReducer((count: number) => count + 1, 0)

  function take(step: WalkStep): boolean {
    const row = strip[step.direction]
    if (row !== undefined) {
      step.onGo?.()
      goTo(row.id)
    } else if (strip.isKnown) step.whenNone()
    return row !== undefined || strip.isKnown
  }

  const takeWaiting = useEffectEvent(() => {
    const wanted = waiting.current
    if (wanted === null) return
    if (wanted.imageId !== imageId || take(wanted.step)) waiting.current = null
  })
  useEffect(() => {
    takeWaiting()
  }, [asked, imageId, strip.isKnown, strip.rows])

  return (step) => {
    if (take(step)) return
    waiting.current = { imageId, step }
    askAgain()
  }
}
