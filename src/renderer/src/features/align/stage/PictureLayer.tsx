import { useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { pictureCache } from './picture-cache.ts'

interface PictureLayerProps {
  /** Give the layer the address as its `key` too: one layer shows one picture. */
  readonly url: string
  readonly className: string
  /** Shown when the picture cannot be loaded. */
  readonly failed?: ReactNode
}

/** One decoded picture. It appears at once when it was prefetched, else whole once it is decoded. */
export function PictureLayer({ url, className, failed }: PictureLayerProps) {
  const host = useRef<HTMLDivElement>(null)
  const [picture] = useState(() => pictureCache.get(url))
  const status = useSyncExternalStore(picture.subscribe, picture.status)
  useLayoutEffect(() => {
    const parent = host.current
    if (status !== 'ready' || parent === null) return undefined
    parent.replaceChildren(picture.element)
    return () => {
      parent.replaceChildren()
    }
  }, [picture, status])
  if (status === 'failed') return failed
  return <div ref={host} className={className} data-status={status} />
}
