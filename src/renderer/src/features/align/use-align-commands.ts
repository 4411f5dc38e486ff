import { useLocation } from 'wouter'
import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { libraryPath, type Listing } from '../../navigation/listing.ts'
import type { OpenCaption } from './open-caption.ts'
import type { AlignActions } from './use-align-actions.ts'

interface AlignCommandsOptions {
  readonly imageId: ImageId
  readonly listing: Listing
  readonly actions: AlignActions
  readonly caption: OpenCaption
  readonly toggleDiff: () => void
}

/** Answers the commands about the open image; the stage answers those about the picture. */
export function useAlignCommands(options: AlignCommandsOptions): void {
  const { imageId, listing, actions, caption, toggleDiff } = options
  const [, navigate] = useLocation()
  useCommandHandlers({
    'align.submit': { run: actions.submit },
    'align.next': { run: actions.goNext },
    'align.previous': { run: actions.goPrevious },
    'align.undo': { run: actions.undo },
    'align.redo': { run: actions.redo },
    'align.discardDraft': { run: actions.discardDraft },
    'align.setStatus': { run: ({ status }) => actions.setStatus(status) },
    'align.restore': { run: ({ revisionId }) => actions.restore(revisionId) },
    'align.useText': {
      run: ({ text }) => {
        actions.useText(text)
      },
    },
    'align.toggleDiff': { run: toggleDiff },
    'align.focusEditor': { run: () => caption.editor()?.focus() },
    'align.backToLibrary': {
      run: () => {
        navigate(libraryPath(listing, imageId))
      },
    },
  })
}
