import { os } from '../router.ts'
import type { ImportService } from './service.ts'

export function createImportProcedures(imports: ImportService) {
  return {
    formats: os.imports.formats.handler(() => imports.formats()),
    preview: os.imports.preview.handler(({ input }) => imports.preview(input)),
    start: os.imports.start.handler(({ context, input }) => imports.start(context, input)),
  }
}
