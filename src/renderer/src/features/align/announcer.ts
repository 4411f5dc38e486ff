/** Says what happened to a screen reader, through the one polite live region of the screen. */
export interface Announcer {
  readonly say: (text: string) => void
  /** Puts words in front of what is said next, so that the two are read as one. */
  readonly sayBefore: (text: string) => void
  readonly get: () => string
  readonly subscribe: (listener: () => void) => () => void
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<() => void>()
  let message = ''
  let prefix = ''
  return {
    say(text) {
      const next = prefix + text
      prefix = ''
      // The same words twice in a row would not be read again without a difference.
      message = next === message ? `${next}\u00a0` : next
      for (const listener of listeners) listener()
    },
    sayBefore(text) {
      prefix = `${text}, `
    },
    get: () => message,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
