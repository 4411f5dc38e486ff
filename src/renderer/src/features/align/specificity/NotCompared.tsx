import { useEffect, useEffectEvent } from 'react'
import { Button } from '../../../components/Button.tsx'
import { useVectors } from '../../search/use-vectors.ts'

/** Where pictures have no vectors yet, nobody knows which look alike: says so, with the way to it. */
export function NotCompared({ onCompared }: { readonly onCompared: () => void }) {
  const { status, job, canCompute, compute } = useVectors()
  const isUnderWay = job !== undefined
  const showCompared = useEffectEvent(onCompared)
  useEffect(() => {
    if (!isUnderWay) return
    return () => {
      showCompared()
    }
  }, [isUnderWay])
  if (status === undefined || status.covered >= status.total) return null
  if (!isUnderWay && !canCompute) return null
  return (
    <section className="side-section" aria-label="Fits this picture alone?">
      <div className="specificity specificity-unknown">
        <p role="status">
          {isUnderWay
            ? 'The pictures are being compared…'
            : 'Not compared with pictures that look alike yet.'}
        </p>
        {!isUnderWay && (
          <Button size="small" variant="quiet" onClick={compute}>
            Compare all
          </Button>
        )}
      </div>
    </section>
  )
}
