import { os } from '../router.ts'
import type { AlignService } from './service.ts'

export function createAlignProcedures(align: AlignService) {
  return {
    get: os.align.get.handler(({ input }) => align.get(input.imageId)),
    autosave: os.align.autosave.handler(({ input }) => align.autosave(input)),
    discardDraft: os.align.discardDraft.handler(({ input }) => align.discardDraft(input)),
    submit: os.align.submit.handler(({ input }) => align.submit(input)),
    setStatus: os.align.setStatus.handler(({ input }) => align.setStatus(input)),
    restore: os.align.restore.handler(({ input }) => align.restore(input)),
    undo: os.align.undo.handler(({ input }) => align.undo(input.imageId)),
    redo: os.align.redo.handler(({ input }) => align.redo(input.imageId)),
  }
}
