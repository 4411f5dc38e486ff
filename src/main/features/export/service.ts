import { resolve } from 'node:path'
import type { ExportFormat, ExportPreview } from '../../../shared/contract/exports.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import { getWriter, WRITERS } from '../../formats/registry.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { checkPlace, type ExportParams } from './jobs.ts'
import { createPreviewTarget } from './preview-target.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { checkTarget } from './staged-target.ts'
import { writeSet, type SetRequest } from './write-set.ts'

const PREVIEW_ROWS = 5

export interface ExportService {
  formats(): ExportFormat[]
  preview(request: SetRequest): Promise<ExportPreview>
  start(asking: Asking, request: SetRequest & { readonly out: string }): Promise<{ jobId: JobId }>
}

export function createExport(
  options: TextTools & {
    readonly context: FeatureContext
    readonly kind: JobKind<ExportParams>
    readonly readPicture: ReadPicture
    readonly appVersion: string
  },
): ExportService {
  const { context, kind, appVersion } = options
  return {
    formats: () =>
      WRITERS.map((writer) => {
        const { id, label, group, summary, description } = writer
        const { hasImages, holdsSeveral, isSharded } = writer
        return { id, label, group, summary, description, hasImages, holdsSeveral, isSharded }
      }),
    async preview(request) {
      const project = context.openProject()
      const count = await project.db.read.countImages({
        query: request.where,
        personId: project.personId,
      })
      const target = createPreviewTarget(options.readPicture)
      const warnings: string[] = []
      await writeSet({
        ...{ project, request, appVersion, target, tools: options, limit: PREVIEW_ROWS },
        listFiles: () => [],
        signal: AbortSignal.timeout(20_000),
        onRow: () => {},
        onError: (error) => warnings.push(`${error.item}: ${error.message}`),
        onWarning: (message) => warnings.push(message),
      })
      return { count, files: target.files(), warnings }
    },
    async start(asking, request) {
      const project = context.project(asking)
      const out = resolve(request.out)
      getWriter(request.format)
      await project.db.read.countImages({ query: request.where })
      await checkPlace(project, out)
      await checkTarget(out)
      return { jobId: await project.scheduler.add(kind, { ...request, out }) }
    },
  }
}
