import type { Selection } from '../../../shared/contract/library.ts'
import type { TextEditPreview, TextEditResult } from '../../../shared/contract/text-edits.ts'
import { compileTextEdit, type TextEdit } from '../../../shared/domain/text-edit.ts'
import type { Asking } from '../../base/asking.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { countSelected, selectedPages } from '../selected-images.ts'
import { editCaptions, MAX_NAMED_IMAGES } from './edit-captions.ts'
import type { TextEditParams } from './jobs.ts'

/** A preview must be there at once, so of a larger selection it counts the first images. */
const PREVIEW_IMAGES = 20_000
const PREVIEW_CHUNK = 500

/** Above this an edit takes so long that it is a job, with progress and a way to stop it. */
const MAX_AT_ONCE = 2_000

interface EditRequest {
  readonly selection: Selection
  readonly edit: TextEdit
}

export interface TextEditsService {
  preview(
    asking: Asking,
    request: EditRequest & { readonly limit: number },
  ): Promise<TextEditPreview>
  apply(asking: Asking, request: EditRequest): Promise<TextEditResult>
}

export function createTextEdits(
  context: FeatureContext,
  kind: JobKind<TextEditParams>,
): TextEditsService {
  return {
    async preview(asking, { selection, edit, limit }) {
      const { db, personId } = context.project(asking)
      compileTextEdit(edit)
      const pages = selectedPages(db, { selection, personId, pageSize: PREVIEW_CHUNK })
      const counts = { counted: 0, changed: 0, unchanged: 0, withoutCaption: 0, drafts: 0 }
      const samples: TextEditPreview['samples'] = []
      for await (const imageIds of pages) {
        if (counts.counted >= PREVIEW_IMAGES) break
        const chunk = await db.read.previewTextEdit({
          ...{ imageIds, edit, limit: limit - samples.length },
        })
        counts.counted += imageIds.length
        counts.changed += chunk.changed
        counts.unchanged += chunk.unchanged
        counts.withoutCaption += chunk.withoutCaption
        counts.drafts += chunk.drafts
        samples.push(...chunk.samples)
      }
      const total = await countSelected(db, { selection, personId })
      return { total: Math.max(total, counts.counted), ...counts, samples }
    },
    async apply(asking, { selection, edit }) {
      const { db, scheduler, personId } = context.project(asking)
      compileTextEdit(edit)
      if ((await countSelected(db, { selection, personId })) > MAX_AT_ONCE) {
        const jobId = await scheduler.add(kind, { selection, edit, personId })
        return { batchId: null, jobId, changed: 0, drafts: 0 }
      }
      const { imageIds, ...done } = await editCaptions(db, {
        ...{ selection, edit, personId, jobId: null },
      })
      if (done.changed > 0) {
        context.publish({
          topic: 'images',
          imageIds: done.changed > MAX_NAMED_IMAGES ? null : [...imageIds],
          isStructural: true,
        })
      }
      return { ...done, jobId: null }
    },
  }
}
