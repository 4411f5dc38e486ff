import type { ImageId } from '../../../shared/domain/ids.ts'

/** Windows say what they show three times as often. */
export const FORGOTTEN_AFTER_MS = 45_000

/** More open windows of one person than anybody has; the one that was silent longest makes way. */
const MAX_WINDOWS = 20

/** One window of one person; `windowId` is made up by the window. */
export interface Window {
  readonly personKey: string
  readonly windowId: string
}

interface Look extends Window {
  readonly imageId: ImageId | null
  readonly seenAt: number
}

export interface Presence {
  /** The window shows this image now, or none. */
  look(window: Window, imageId: ImageId | null): void
  /** The window listens to events; presence ends with the last stream of the window, which the answer closes. */
  enter(window: Window): () => void
  /** Null when the person is not here; the image is the one that they looked at last. */
  of(personKey: string): { readonly imageId: ImageId | null } | null
  /** The person may come in no more. */
  forget(personKey: string): void
  /** Another project is open: its images are others. */
  forgetImages(): void
  close(): void
}

/** Who is here and on which image, in memory only. */
export function createPresence(options: { readonly onChange: () => void }): Presence {
  const looks = new Map<string, Look>()
  const streams = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  function forgetSilent(): void {
    // A monotonic clock: one that is set back must not keep people here for hours.
    const before = looks.size
    const limit = performance.now() - FORGOTTEN_AFTER_MS
    for (const [key, look] of looks) if (look.seenAt <= limit) looks.delete(key)
    if (looks.size !== before) options.onChange()
    const oldest = Math.min(...[...looks.values()].map((look) => look.seenAt))
    clearTimeout(timer)
    if (looks.size === 0) return
    timer = setTimeout(forgetSilent, Math.max(1, oldest - limit))
    timer.unref()
  }

  function makeRoom(personKey: string): void {
    const own = [...looks].filter(([, look]) => look.personKey === personKey)
    const [first] = own.sort(([, one], [, other]) => one.seenAt - other.seenAt)
    if (own.length >= MAX_WINDOWS && first !== undefined) looks.delete(first[0])
  }

  return {
    look(window, imageId) {
      const key = keyOf(window)
      const before = looks.get(key)
      if (before === undefined) makeRoom(window.personKey)
      looks.set(key, { ...window, imageId, seenAt: performance.now() })
      if (before === undefined || before.imageId !== imageId) options.onChange()
      if (looks.size === 1 || before === undefined) forgetSilent()
    },
    enter(window) {
      const key = keyOf(window)
      streams.set(key, (streams.get(key) ?? 0) + 1)
      let isOpen = true
      return () => {
        if (!isOpen) return
        isOpen = false
        // A window that lost its stream may have a new one before the old one is known to be gone.
        const left = (streams.get(key) ?? 1) - 1
        if (left > 0) {
          streams.set(key, left)
          return
        }
        streams.delete(key)
        if (looks.delete(key)) options.onChange()
      }
    },
    of(personKey) {
      const own = [...looks.values()]
        .filter((look) => look.personKey === personKey)
        .sort((one, other) => other.seenAt - one.seenAt)
      if (own.length === 0) return null
      return { imageId: own.find((look) => look.imageId !== null)?.imageId ?? null }
    },
    forget(personKey) {
      const before = looks.size
      for (const [key, look] of looks) if (look.personKey === personKey) looks.delete(key)
      if (looks.size !== before) options.onChange()
    },
    forgetImages() {
      for (const [key, look] of looks) looks.set(key, { ...look, imageId: null })
    },
    close() {
      clearTimeout(timer)
    },
  }
}

function keyOf({ personKey, windowId }: Window): string {
  return `${personKey}\n${windowId}`
}
