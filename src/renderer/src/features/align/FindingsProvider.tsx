import { createContext, use, useDeferredValue, useMemo, type ReactNode } from 'react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { LiveCheckProvider } from './marks/LiveCheckProvider.tsx'
import { useFindings, type AskedFindings, type Findings } from './marks/use-findings.ts'
import type { OpenCaption } from './open-caption.ts'

const FindingsContext = createContext<AskedFindings>({ findings: null, isFailed: false })

interface FindingsProviderProps {
  readonly imageId: ImageId
  readonly caption: OpenCaption
  readonly children: ReactNode
}

/**
 * Asks about the open texts and hands the answer down. What shows it is drawn again when there is time between two
 * keys, never on a key, and nothing else is drawn again with it.
 */
export function FindingsProvider({ imageId, caption, children }: FindingsProviderProps) {
  const { findings, isFailed } = useFindings(imageId, caption)
  const asked = useMemo(() => ({ findings, isFailed }), [findings, isFailed])
  return (
    <FindingsContext value={useDeferredValue(asked)}>
      <LiveCheckProvider imageId={imageId} caption={caption}>
        {children}
      </LiveCheckProvider>
    </FindingsContext>
  )
}

/** What was found in the texts of an image. Null, too, while what is held is still about the image before. */
export function useShownFindings(imageId: ImageId): {
  readonly findings: Findings | null
  readonly isFailed: boolean
} {
  const { findings, isFailed } = use(FindingsContext)
  return { findings: findings?.imageId === imageId ? findings : null, isFailed }
}
