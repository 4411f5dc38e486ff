import type { AlignImage, UndoResult } from '../../../shared/contract/align.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import type { Asking } from '../../base/asking.ts'
import type { UndoneChange } from '../../db/queries/journal.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'
import { finishRevert } from './finish-reverts.ts'

interface Write {
  readonly imageId: ImageId
  readonly baseRevisionId: RevisionId | null
}

export interface AlignService {
  get(asking: Asking, imageId: ImageId): Promise<AlignImage>
  autosave(asking: Asking, input: Write & { readonly text: string }): Promise<{ savedAt: number }>
  discardDraft(asking: Asking, input: Write): Promise<AlignImage>
  submit(
    asking: Asking,
    input: Write & { readonly text: string; readonly note: string },
  ): Promise<AlignImage>
  setStatus(asking: Asking, input: Write & { readonly status: Status }): Promise<AlignImage>
  restore(asking: Asking, input: Write & { readonly revisionId: RevisionId }): Promise<AlignImage>
  undo(asking: Asking, imageId: ImageId | null): Promise<UndoResult>
  redo(asking: Asking, imageId: ImageId | null): Promise<UndoResult>
}

const MAX_NAMED_IMAGES = 200

export function createAlign(context: FeatureContext): AlignService {
  async function changed(project: OpenProject, imageId: ImageId): Promise<AlignImage> {
    context.publish({ topic: 'images', imageIds: [imageId], isStructural: true })
    return project.db.read.getAlignImage({ imageId, personId: project.personId })
  }

  function announce(change: UndoneChange): UndoResult {
    const { imageIds } = change
    const isLong = imageIds === null || imageIds.length > MAX_NAMED_IMAGES
    context.publish({
      topic: 'images',
      imageIds: isLong ? null : [...imageIds],
      isStructural: true,
    })
    return { imageId: change.imageId, label: change.label, changed: change.changed }
  }

  return {
    get(asking, imageId) {
      const { db, personId } = context.project(asking)
      return db.read.getAlignImage({ imageId, personId })
    },
    async autosave(asking, input) {
      const { db, personId } = context.project(asking)
      const { savedAt, isStructural } = await db.write.saveDraft({ ...input, personId })
      context.publish({ topic: 'images', imageIds: [input.imageId], isStructural })
      return { savedAt }
    },
    async discardDraft(asking, input) {
      const project = context.project(asking)
      await project.db.write.discardDraft({ ...input, personId: project.personId })
      return changed(project, input.imageId)
    },
    async submit(asking, input) {
      const project = context.project(asking)
      await project.db.write.submitRevision({ ...input, personId: project.personId })
      return changed(project, input.imageId)
    },
    async setStatus(asking, input) {
      const project = context.project(asking)
      await project.db.write.setImageStatus({ ...input, personId: project.personId })
      return changed(project, input.imageId)
    },
    async restore(asking, input) {
      const project = context.project(asking)
      await project.db.write.restoreRevision({ ...input, personId: project.personId })
      return changed(project, input.imageId)
    },
    async undo(asking, imageId) {
      const { db, personId } = context.project(asking)
      return announce(await finishRevert(db, await db.write.undoChange({ imageId, personId })))
    },
    async redo(asking, imageId) {
      const { db, personId } = context.project(asking)
      return announce(await finishRevert(db, await db.write.redoChange({ imageId, personId })))
    },
  }
}
