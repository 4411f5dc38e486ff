import { Unplug } from 'lucide-react'
import { useConnectionState } from '../api/events.ts'
import './ConnectionBanner.css'

/** Says that the core does not answer; goes by itself when it does again. */
export function ConnectionBanner() {
  if (useConnectionState() !== 'lost') return null
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
