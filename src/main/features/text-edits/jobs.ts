import { z } from 'zod'
import { selection } from '../../../shared/contract/library.ts'
import { textEdit } from '../../../shared/contract/text-edits.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { describeTextEdit } from '../../../shared/domain/text-edit.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { countSelected } from '../selected-images.ts'
import { editCaptions } from './edit-captions.ts'

const textEditParams = z.object({
  selection,
  edit: textEdit,
  /** Who asked for it; a job would write as the owner. */
  personId: z.int().positive() as unknown as z.ZodType<PersonId, PersonId>,
})
export type TextEditParams = z.infer<typeof textEditParams>

/** Edits the captions of a large selection. Cancelled in the middle, what it did so far is undone as one all the same. */
export function createTextEditKind(context: FeatureContext): JobKind<TextEditParams> {
  return {
    name: 'text-edit.apply',
    lane: 'io',
    params: textEditParams,
    dedupeKey: () => null,
    title: ({ edit }) => describeTextEdit(edit),
    async run(params, run) {
      const { db } = context.openProject()
      run.setTotal(await countSelected(db, params))
      try {
        const { changed, drafts } = await editCaptions(db, {
          ...params,
          jobId: run.id,
          onChunk(chunk) {
            run.count('done', chunk.changed)
            run.count('skipped', chunk.leftOut)
            run.markProgress()
            run.signal.throwIfAborted()
          },
        })
        run.setResult({ changed, drafts })
      } finally {
        context.publish({ topic: 'images', imageIds: null, isStructural: true })
      }
    },
  }
}
