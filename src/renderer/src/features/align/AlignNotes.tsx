import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { Announcer } from './announcer.ts'
import type { Conflict } from './autosave/autosave-controller.ts'
import { ConflictPanel } from './conflict/ConflictPanel.tsx'
import type { OpenCaption } from './open-caption.ts'
import { ProposalsPanel } from './proposals/ProposalsPanel.tsx'
import type { SettledImage } from './settled-image.ts'
import type { AlignActions } from './use-align-actions.ts'

interface AlignNotesProps {
  readonly imageId: ImageId
  readonly image: SettledImage
  readonly conflict: Conflict | null
  readonly caption: OpenCaption
  readonly announcer: Announcer
  readonly actions: AlignActions
  readonly isReadOnly: boolean
}

/** Other texts for the image: the one in conflict until that is settled, else what is proposed. */
export function AlignNotes(props: AlignNotesProps) {
  const { imageId, image, conflict, caption, announcer, actions, isReadOnly } = props
  if (conflict === null) {
    return (
      <ProposalsPanel
        key={imageId}
        imageId={imageId}
        caption={caption}
        announcer={announcer}
        isReadOnly={isReadOnly}
      />
    )
  }
  return (
    <ConflictPanel
      image={image}
      conflict={conflict}
      caption={caption}
      announcer={announcer}
      onKeepMerged={(text) => void actions.keepMerged(text)}
      onKeepMine={() => void actions.keepMine()}
      onTakeTheirs={() => void actions.takeTheirs(conflict.headRevisionId)}
    />
  )
}
