import type { Selection } from '../../../shared/contract/library.ts'
import type { ImageId, JobId, PersonId } from '../../../shared/domain/ids.ts'
import { describeTextEdit, type TextEdit } from '../../../shared/domain/text-edit.ts'
import type { Db } from '../../db/client.ts'
import { selectedPages } from '../selected-images.ts'

/** Captions per transaction: short enough that an autosave never waits long behind one. */
const CHUNK = 250

export interface EditedCaptions {
  readonly batchId: number | null
  readonly changed: number
  readonly drafts: number
  /** The changed images, as many as an event names. */
  readonly imageIds: readonly ImageId[]
}

export const MAX_NAMED_IMAGES = 200

/**
 * Edits the captions of a selection as one batch, a chunk at a time. A job that was interrupted goes on with its
 * batch, so that nothing is edited twice.
 */
export async function editCaptions(
  db: Db,
  args: {
    readonly selection: Selection
    readonly edit: TextEdit
    readonly personId: PersonId
    readonly jobId: JobId | null
    readonly onChunk?: (chunk: { readonly changed: number; readonly leftOut: number }) => void
  },
): Promise<EditedCaptions> {
  const { edit, personId, jobId } = args
  const begun = jobId === null ? null : await db.read.findJobBatch({ jobId })
  const label = describeTextEdit(edit)
  let batchId = begun?.batchId ?? null
  let changed = begun?.changed ?? 0
  let drafts = 0
  const named: ImageId[] = []
  for await (const imageIds of selectedPages(db, { ...args, pageSize: CHUNK })) {
    const plan = await db.read.planTextEdit({ imageIds, edit, batchId })
    drafts += plan.drafts
    let edited = 0
    if (plan.captions.length > 0) {
      const { captions } = plan
      const done = await db.write.applyTextEdit({ batchId, jobId, label, personId, captions })
      batchId = done.batchId
      edited = done.changed.length
      changed += edited
      drafts += done.drafts
      if (named.length <= MAX_NAMED_IMAGES) named.push(...done.changed)
    }
    args.onChunk?.({ changed: edited, leftOut: imageIds.length - edited })
  }
  return { batchId, changed, drafts, imageIds: named }
}
