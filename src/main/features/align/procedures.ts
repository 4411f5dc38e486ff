import { os } from '../router.ts'
import type { AlignService } from './service.ts'

export function createAlignProcedures(align: AlignService) {
  return {
    get: os.align.get.handler(({ context, input }) => align.get(context, input.imageId)),
    autosave: os.align.autosave.handler(({ context, input }) => align.autosave(context, input)),
    discardDraft: os.align.discardDraft.handler(({ context, input }) =>
      align.discardDraft(context, input),
    ),
    submit: os.align.submit.handler(({ context, input }) => align.submit(context, input)),
    setStatus: os.align.setStatus.handler(({ context, input }) => align.setStatus(context, input)),
    restore: os.align.restore.handler(({ context, input }) => align.restore(context, input)),
    undo: os.align.undo.handler(({ context, input }) => align.undo(context, input.imageId)),
    redo: os.align.redo.handler(({ context, input }) => align.redo(context, input.imageId)),
  }
}
