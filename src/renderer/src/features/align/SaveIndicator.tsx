import { CircleAlert, CircleCheck, GitMerge, LoaderCircle } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { describeError } from '../../api/describe-error.ts'
import type { SaveState } from './autosave/autosave-controller.ts'
import { useAutosave, useSaveState } from './autosave/use-autosave.ts'
import './SaveIndicator.css'

interface SaveIndicatorProps {
  readonly imageId: ImageId
  readonly onGo: (imageId: ImageId) => void
}

/** Whether the text is on disk; also warns of other images' texts that are not. */
export function SaveIndicator({ imageId, onGo }: SaveIndicatorProps) {
  const state = useSaveState(imageId)
  const autosave = useAutosave()
  const stuck = useSyncExternalStore(
    (listener) => autosave.subscribe(listener),
    () =>
      autosave
        .unsavedImageIds()
        .find((other) => other !== imageId && autosave.state(other).kind !== 'saving'),
  )
  const { icon: Icon, label, hint } = looksOf(state)
  return (
    <>
      {stuck !== undefined && (
        <button
          type="button"
          className="save-stuck"
          onClick={() => {
            onGo(stuck)
          }}
        >
          <CircleAlert className="icon" aria-hidden />
          Another text is not saved
        </button>
      )}
      <span className={`save-state save-${state.kind}`} title={hint} role="status">
        <Icon className="icon" aria-hidden />
        <span className="save-label">{label}</span>
      </span>
    </>
  )
}

function looksOf(state: SaveState) {
  switch (state.kind) {
    case 'saved':
      return { icon: CircleCheck, label: 'Saved', hint: 'Everything typed is on disk' }
    case 'saving':
      return { icon: LoaderCircle, label: 'Saving', hint: 'On its way to the disk' }
    case 'failing': {
      const { title, advice } = describeError(state.error)
      return { icon: CircleAlert, label: 'Not saved, retrying', hint: `${title}. ${advice}` }
    }
    case 'conflict':
      return { icon: GitMerge, label: 'Two texts', hint: 'Choose one of the two texts' }
  }
}
