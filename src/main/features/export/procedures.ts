import { os } from '../router.ts'
import type { ExportService } from './service.ts'

export function createExportProcedures(exports: ExportService) {
  return {
    formats: os.exports.formats.handler(() => exports.formats()),
    preview: os.exports.preview.handler(({ input }) => exports.preview(input)),
    start: os.exports.start.handler(({ context, input }) => exports.start(context, input)),
  }
}
