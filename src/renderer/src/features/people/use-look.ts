import { useEffect } from 'react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { client } from '../../api/client.ts'
import { eventStream } from '../../api/events.ts'

/** Three times before the core forgets a window. */
const REPEAT_MS = 15_000

/** Says to the others which image this window shows. A window that nobody sees says nothing and is forgotten. */
export function useLook(path: string): void {
  const imageId = readImageId(path)
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden') return
      client.people.look({ imageId }).catch(() => {
        // The next one says it, and a lost connection has its own banner.
      })
    }
    look()
    const timer = setInterval(look, REPEAT_MS)
    document.addEventListener('visibilitychange', look)
    const stopListening = eventStream.onEvent((event) => {
      if (event.topic === 'resync' || event.topic === 'project') look()
    })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      stopListening()
    }
  }, [imageId])
}

function readImageId(path: string): ImageId | null {
  const id = /^\/align\/([1-9]\d{0,14})$/.exec(path)?.[1]
  // A checked row id of the address, as in AlignRoute.
  return id === undefined ? null : (Number(id) as ImageId)
}
