import { resolve } from 'node:path'
import type {
  ExportFormat,
  ExportOptions,
  ExportPreview,
} from '../../../shared/contract/exports.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import { getWriter, WRITERS } from '../../formats/registry.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { checkPlace, type ExportParams } from './jobs.ts'
import { createPreviewTarget } from './preview-target.ts'
import { exportRows } from './rows.ts'
import { checkTarget } from './staged-target.ts'

const PREVIEW_ROWS = 5

interface ExportRequest {
  readonly format: string
  readonly where: string
  readonly options: ExportOptions
}

export interface ExportService {
  formats(): ExportFormat[]
  preview(request: ExportRequest): Promise<ExportPreview>
  start(
    asking: Asking,
    request: ExportRequest & { readonly out: string },
  ): Promise<{ jobId: JobId }>
}

export function createExport(
  context: FeatureContext,
  kind: JobKind<ExportParams>,
  appVersion: string,
): ExportService {
  return {
    formats: () =>
      WRITERS.map(({ id, label, description, hasImages }) => ({
        id,
        label,
        description,
        hasImages,
      })),
    async preview(request) {
      const { db, personId } = context.openProject()
      const writer = getWriter(request.format)
      const count = await db.read.countImages({ query: request.where, personId })
      const about = await db.read.describeForExchange()
      const target = createPreviewTarget()
      const warnings: string[] = []
      const signal = AbortSignal.timeout(20_000)
      await writer.write({
        rows: exportRows(db, {
          where: request.where,
          personId,
          text: request.options.text,
          projectUid: about.uid,
          signal,
          limit: PREVIEW_ROWS,
        }),
        project: { ...about, appVersion },
        target,
        options: request.options,
        signal,
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
