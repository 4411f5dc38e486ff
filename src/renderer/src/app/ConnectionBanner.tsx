import { LogOut, Unplug } from 'lucide-react'
import { useConnectionState } from '../api/events.ts'
import './ConnectionBanner.css'

/** Says that the core does not answer, or does not let this window in; goes by itself when it does again. */
export function ConnectionBanner() {
  const state = useConnectionState()
  if (state === 'refused') {
    return (
      <div className="connection-banner" role="alert">
        <LogOut className="icon" aria-hidden />
        <span>
          This window is not signed in any more: the link that it came in by was taken back, or
          Realign was started anew. What is typed here is not saved: copy it, then open the address
          or a new link.
        </span>
      </div>
    )
  }
  if (state !== 'lost') return null
  return (
    <div className="connection-banner" role="alert">
      <Unplug className="icon" aria-hidden />
      <span>
        Realign does not answer. What you see may be old; edits wait until the connection is back.
        Trying again…
      </span>
    </div>
  )
}
