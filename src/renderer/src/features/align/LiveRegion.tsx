import { useSyncExternalStore } from 'react'
import type { Announcer } from './announcer.ts'

/** The one place whose words a screen reader reads out as they come. */
export function LiveRegion({ announcer }: { readonly announcer: Announcer }) {
  const message = useSyncExternalStore(announcer.subscribe, announcer.get)
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  )
}
