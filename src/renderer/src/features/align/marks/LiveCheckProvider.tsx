import { createContext, use, useDeferredValue, type ReactNode } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import type { OpenCaption } from '../open-caption.ts'
import { useLiveCheck, type LiveCheck } from './use-live-check.ts'

const LiveCheckContext = createContext<LiveCheck>({ kind: 'off' })

interface LiveCheckProviderProps {
  readonly imageId: ImageId
  readonly caption: OpenCaption
  readonly children: ReactNode
}

/** Has the open text checked and hands down what became of it; only what shows it is drawn again. */
export function LiveCheckProvider({ imageId, caption, children }: LiveCheckProviderProps) {
  const check = useLiveCheck(imageId, caption)
  return <LiveCheckContext value={useDeferredValue(check)}>{children}</LiveCheckContext>
}

export function useShownCheck(): LiveCheck {
  return use(LiveCheckContext)
}
