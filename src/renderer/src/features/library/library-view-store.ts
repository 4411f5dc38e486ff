interface LibraryView {
  /** Null means: as wide as there is room. */
  readonly areFiltersShown: boolean | null
}

let view: LibraryView = { areFiltersShown: null }
const listeners = new Set<() => void>()

/** View state of the library that needs no address: it lasts as long as the window. */
export const libraryViewStore = {
  get: (): LibraryView => view,
  set: (next: LibraryView): void => {
    view = next
    for (const listener of listeners) listener()
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
