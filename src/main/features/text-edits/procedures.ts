import { os } from '../router.ts'
import type { TextEditsService } from './service.ts'

export function createTextEditProcedures(textEdits: TextEditsService) {
  return {
    preview: os.textEdits.preview.handler(({ context, input }) =>
      textEdits.preview(context, input),
    ),
    apply: os.textEdits.apply.handler(({ context, input }) => textEdits.apply(context, input)),
  }
}
