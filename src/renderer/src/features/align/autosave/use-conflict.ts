import { useSyncExternalStore } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import type { Conflict } from './autosave-controller.ts'
import { useAutosave } from './use-autosave.ts'

/** The conflict that an image's text has with somebody else's, or null; saving alone does not change it. */
export function useConflict(imageId: ImageId): Conflict | null {
  const autosave = useAutosave()
  return useSyncExternalStore(
    (listener) => autosave.subscribe(listener),
    () => {
      const state = autosave.state(imageId)
      return state.kind === 'conflict' ? state.conflict : null
    },
  )
}
