import { findAnchor } from '../../../../shared/domain/alt-origin.ts'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { Conflict, DraftWrite, HeldText, SaveState } from './autosave/autosave-controller.ts'

/** What the core holds as the open text of an image, and the revision that text was made from. */
export function heldTextOf(image: AlignImage): HeldText {
  return {
    baseRevisionId: image.draft === null ? image.headRevisionId : image.draft.baseRevisionId,
    text: image.startText,
  }
}

/**
 * The image with the draft that was saved just now. The core takes a draft on its head alone, so an image with another
 * head is older than the draft: null, because only the core can say what the two are together.
 */
export function withSavedDraft(
  image: AlignImage,
  { baseRevisionId, text }: DraftWrite,
  savedAt: number,
): AlignImage | null {
  if (image.headRevisionId !== baseRevisionId) return null
  return { ...image, draft: { text, baseRevisionId, savedAt }, startText: text }
}

/** The head caption as the other side of a conflict. */
export function conflictWithHead(image: AlignImage): Conflict {
  const head = image.revisions.find((revision) => revision.id === image.headRevisionId)
  return {
    headRevisionId: image.headRevisionId,
    headText: head?.text ?? findAnchor(image.altTexts)?.text ?? '',
    authorName: head?.author.name ?? '',
  }
}

/** True for a draft whose caption was replaced by somebody else's since it was begun. */
export function isDraftStale(image: AlignImage): boolean {
  return image.draft !== null && image.draft.baseRevisionId !== image.headRevisionId
}

export type NewsDecision = 'keep' | 'adopt' | 'conflict'

interface News {
  /** What the editor shows now, and the base it was typed on. */
  readonly shown: HeldText
  readonly saveState: SaveState
  /** What the core answered just now. */
  readonly image: AlignImage
}

/**
 * Decides what fresh data means for a text that is open in the editor: nothing typed here is ever
 * replaced; what was changed elsewhere is taken over only when all that was typed here is saved.
 */
export function judgeNews({ shown, saveState, image }: News): NewsDecision {
  if (saveState.kind === 'conflict') return 'keep'
  if (isDraftStale(image)) return 'conflict'
  const held = heldTextOf(image)
  const isSaved = saveState.kind === 'saved'
  if (held.baseRevisionId !== shown.baseRevisionId) {
    if (isSaved) return 'adopt'
    return shown.text === held.text ? 'adopt' : 'conflict'
  }
  return isSaved && held.text !== shown.text ? 'adopt' : 'keep'
}
