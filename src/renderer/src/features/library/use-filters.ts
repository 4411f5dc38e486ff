import { useSyncExternalStore } from 'react'
import { libraryViewStore } from './library-view-store.ts'

const wide = typeof window === 'undefined' ? undefined : window.matchMedia('(min-width: 900px)')

function subscribeToWidth(listener: () => void): () => void {
  wide?.addEventListener('change', listener)
  return () => wide?.removeEventListener('change', listener)
}

interface Filters {
  readonly areShown: boolean
  readonly toggle: () => void
}

/** Whether the filters are shown: as the user chose, else where there is room. */
export function useFilters(): Filters {
  const isWide = useSyncExternalStore(subscribeToWidth, () => wide?.matches ?? true)
  const { areFiltersShown } = useSyncExternalStore(libraryViewStore.subscribe, libraryViewStore.get)
  const areShown = areFiltersShown ?? isWide
  return {
    areShown,
    toggle: () => {
      libraryViewStore.set({ areFiltersShown: !areShown })
    },
  }
}
