import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { AlignImage } from '../../../../../shared/contract/align.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { AppError } from '../../../../../shared/errors.ts'
import { api, client } from '../../../api/client.ts'
import { eventStream } from '../../../api/events.ts'
import { withSavedDraft } from '../held-text.ts'
import { AutosaveController, type DraftWrite, type SaveState } from './autosave-controller.ts'
import { readConflict } from './read-conflict.ts'

const controllers = new WeakMap<QueryClient, AutosaveController>()

/**
 * The one autosave of this window. It outlives the screen, because a text that could not be saved
 * yet must go on being tried wherever the user went.
 */
export function useAutosave(): AutosaveController {
  return getAutosave(useQueryClient())
}

export function useSaveState(imageId: ImageId): SaveState {
  const autosave = useAutosave()
  return useSyncExternalStore(
    (listener) => autosave.subscribe(listener),
    () => autosave.state(imageId),
  )
}

function getAutosave(queryClient: QueryClient): AutosaveController {
  const known = controllers.get(queryClient)
  if (known !== undefined) return known
  const controller = new AutosaveController({
    readConflict,
    save: (write, { isLeaving }) => client.align.autosave(write, { context: { isLeaving } }),
    onSaved: (write, savedAt) => {
      keepSaved(queryClient, write, savedAt)
    },
  })
  controllers.set(queryClient, controller)
  saveOnLeaving(controller)
  return controller
}

/**
 * Saves every open text before another project is opened. Throws when one cannot be saved or has a
 * conflict to settle, because its image cannot be reached from the other project.
 */
export async function settleTexts(queryClient: QueryClient): Promise<void> {
  const autosave = getAutosave(queryClient)
  await autosave.flushAll()
  const [imageId] = autosave.unsavedImageIds()
  if (imageId === undefined) return
  const state = autosave.state(imageId)
  if (state.kind === 'failing') throw state.error
  throw new AppError(
    'REVISION_CONFLICT',
    'A text of this project has another version beside it. Choose one of the two in Align first.',
  )
}

/** Puts a saved draft into what the cache says about its image, dropping answers under way that are older. */
function keepSaved(queryClient: QueryClient, write: DraftWrite, savedAt: number): void {
  const queryKey = api.align.get.queryKey({ input: { imageId: write.imageId } })
  const wasAsking = queryClient.isFetching({ queryKey }) > 0
  void queryClient.cancelQueries({ queryKey })
  const image = queryClient.getQueryData(queryKey)
  if (image === undefined) return
  const saved = withSavedDraft(image, write, savedAt)
  if (saved !== null) queryClient.setQueryData(queryKey, saved)
  // The answer that was dropped may have told of what others did.
  if (saved === null || wasAsking) void queryClient.invalidateQueries({ queryKey })
}

export function putImage(queryClient: QueryClient, image: AlignImage): void {
  const queryKey = api.align.get.queryKey({ input: { imageId: image.id } })
  void queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData(queryKey, image)
}

function saveOnLeaving(controller: AutosaveController): void {
  window.addEventListener('pagehide', () => {
    controller.sendBeforeLeaving()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void controller.flushAll()
  })
  window.addEventListener('beforeunload', (event) => {
    const isStuck = controller
      .unsavedImageIds()
      .some((imageId) => controller.state(imageId).kind !== 'saving')
    if (isStuck) event.preventDefault()
  })
  // Image ids belong to one project; a late write must not reach another one's image.
  eventStream.onEvent((event) => {
    if (event.topic === 'project') controller.forgetAll()
  })
}
