import { os } from '../router.ts'
import type { ExportService } from './service.ts'

/** A host that cannot tell when its caller has gone. */
const NEVER = new AbortController().signal

export function createExportProcedures(exports: ExportService) {
  return {
    formats: os.exports.formats.handler(() => exports.formats()),
    preview: os.exports.preview.handler(({ input, signal }) =>
      exports.preview(input, signal ?? NEVER),
    ),
    check: os.exports.check.handler(({ input, signal }) => exports.check(input, signal ?? NEVER)),
    counts: os.exports.counts.handler(({ input, signal }) =>
      exports.counts(input, signal ?? NEVER),
    ),
    concepts: os.exports.concepts.handler(({ input, signal }) =>
      exports.concepts(input, signal ?? NEVER),
    ),
    start: os.exports.start.handler(({ context, input }) => exports.start(context, input)),
  }
}
