import type { ImportFormat, ImportPreview } from '../../../shared/contract/imports.ts'
import type { ColumnMap } from '../../../shared/domain/column-roles.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { SourceRecord } from '../../formats/format.ts'
import { READERS } from '../../formats/registry.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { createFolderNames } from './folder-names.ts'
import type { ImportParams } from './jobs.ts'
import { planSource } from './source-plan.ts'

const PREVIEW_ROWS = 20
const PREVIEW_TIMEOUT_MS = 20_000

interface ImportRequest {
  readonly path: string
  readonly format?: string | undefined
  readonly map?: ColumnMap | undefined
}

export interface ImportService {
  formats(): ImportFormat[]
  preview(request: ImportRequest): Promise<ImportPreview>
  start(asking: Asking, request: ImportRequest): Promise<{ jobId: JobId }>
}

export function createImport(context: FeatureContext, kind: JobKind<ImportParams>): ImportService {
  return {
    formats: () => READERS.map(({ id, label, description }) => ({ id, label, description })),
    async preview(request) {
      const plan = await planSource(request)
      const preview = await plan.reader.preview({
        path: plan.path,
        map: plan.map,
        limit: PREVIEW_ROWS,
        signal: AbortSignal.timeout(PREVIEW_TIMEOUT_MS),
      })
      return {
        format: plan.reader.id,
        formatLabel: plan.reader.label,
        columns: [...preview.columns],
        map: { ...preview.map },
        rows: preview.rows.map((row) => [...row]),
        records: await describeRecords(preview.records),
        encoding: preview.encoding,
        warnings: [...preview.warnings],
      }
    },
    async start(asking, request) {
      const { scheduler } = context.project(asking)
      const plan = await planSource(request)
      // Reading one row finds a wrong mapping or an unreadable file now and not in a failed job.
      await plan.reader.preview({
        path: plan.path,
        map: plan.map,
        limit: 1,
        signal: AbortSignal.timeout(PREVIEW_TIMEOUT_MS),
      })
      const jobId = await scheduler.add(kind, {
        path: plan.path,
        format: plan.reader.id,
        map: { ...plan.map },
      })
      return { jobId }
    },
  }
}

async function describeRecords(
  records: readonly SourceRecord[],
): Promise<ImportPreview['records']> {
  const names = createFolderNames()
  return Promise.all(
    records.map(async (record) => ({
      image: record.locator,
      isImageFound:
        record.filePath !== null &&
        (await names.mayExist(fromPictureAddress(record.filePath).path)),
      altTexts: record.altTexts.map((alt) => ({ ...alt })),
      caption: record.caption,
      proposals: record.proposals.map(({ text }) => text),
    })),
  )
}
