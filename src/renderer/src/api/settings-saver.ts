import type { Settings } from '../../../shared/contract/settings.ts'

type Change = Partial<Settings>

interface SettingsSaverOptions {
  readonly send: (change: Change, options: { readonly isLeaving: boolean }) => Promise<Settings>
  /** What is shown now; undefined before the first answer. */
  readonly read: () => Settings | undefined
  readonly show: (settings: Settings) => void
}

export interface SettingsSaver {
  /** Shows a change at once and stores it soon. Rejects, and shows what was before, where it cannot be stored. */
  readonly save: (change: Change) => Promise<void>
  /** Sends at once what is not known to be stored, because the page goes away. */
  readonly sendBeforeLeaving: () => void
  /** Resolves once nothing waits or is on its way: what the core says before that is older than what is shown. */
  readonly settled: () => Promise<void>
}

interface Batch {
  change: Change
  /** What to go back to where it cannot be stored. */
  before: Settings | undefined
  readonly saved: Promise<void>
}

/** A slider moves in many small steps; they are saved as one. */
const COALESCE_MS = 200

/** Stores settings one request after the other, so that an older value never overtakes a newer one. */
export function createSettingsSaver({ send, read, show }: SettingsSaverOptions): SettingsSaver {
  /** What is still waiting to be sent, and what was sent and is not answered. */
  let waiting: Batch | undefined
  let underWay: Batch | undefined

  function showWithWaiting(settings: Settings | undefined): void {
    if (settings === undefined) return
    if (waiting !== undefined) waiting.before = settings
    show({ ...settings, ...waiting?.change })
  }

  async function sendWaiting(previous: Promise<void> | undefined): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, COALESCE_MS))
    // Whoever asked for the previous ones hears of their failure.
    await previous?.catch(() => undefined)
    const batch = waiting
    if (batch === undefined) return
    waiting = undefined
    underWay = batch
    try {
      showWithWaiting(await send(batch.change, { isLeaving: false }))
    } catch (error) {
      showWithWaiting(batch.before)
      throw error
    } finally {
      underWay = undefined
    }
  }

  return {
    save(change) {
      const before = read()
      if (before !== undefined) show({ ...before, ...change })
      if (waiting === undefined) {
        waiting = { change, before, saved: sendWaiting(underWay?.saved) }
      } else waiting.change = { ...waiting.change, ...change }
      return waiting.saved
    },
    sendBeforeLeaving() {
      if (waiting === undefined && underWay === undefined) return
      const change = { ...underWay?.change, ...waiting?.change }
      send(change, { isLeaving: true }).catch(() => {
        // The page is gone, or the sending that waits goes on if it is not.
      })
    },
    async settled() {
      for (let last = waiting ?? underWay; last !== undefined; last = waiting ?? underWay) {
        // Whoever asked for the change hears of its failure.
        await last.saved.catch(() => undefined)
      }
    },
  }
}
