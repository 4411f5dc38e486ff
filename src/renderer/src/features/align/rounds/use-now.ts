import { useSyncExternalStore } from 'react'

const STEP_MS = 30_000

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, STEP_MS)
  return () => {
    clearInterval(timer)
  }
}

/** The time in milliseconds since 1970, in steps of half a minute, for "5 min ago". */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.ceil(Date.now() / STEP_MS) * STEP_MS)
}
