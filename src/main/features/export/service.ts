import { resolve } from 'node:path'
import type {
  ExportFormat,
  ExportOptions,
  ExportPreview,
} from '../../../shared/contract/exports.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import type { ExportTarget } from '../../formats/format.ts'
import { getWriter, WRITERS } from '../../formats/registry.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import { readPictureBytes } from '../../media/image-file.ts'
import type { FeatureContext } from '../open-project.ts'
import { checkPlace, type ExportParams } from './jobs.ts'
import { exportRows } from './rows.ts'
import { checkTarget } from './staged-target.ts'

const PREVIEW_ROWS = 5
const PREVIEW_CHARACTERS = 20_000

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
      const target = createMemoryTarget()
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

/** Takes what a writer writes without touching the disk, for the preview of the first rows. */
function createMemoryTarget(): ExportTarget & { files(): ExportPreview['files'] } {
  const texts = new Map<string, string>()
  const placed: string[] = []
  return {
    openText(name) {
      texts.set(name, '')
      return Promise.resolve({
        write(text) {
          const before = texts.get(name) ?? ''
          texts.set(name, `${before}${text}`.slice(0, PREVIEW_CHARACTERS))
          return Promise.resolve()
        },
        close: () => Promise.resolve(),
      })
    },
    openBytes(name) {
      let bytes = 0
      return Promise.resolve({
        write(chunk) {
          bytes += chunk.length
          return Promise.resolve()
        },
        close() {
          texts.set(name, `${bytes.toLocaleString('en-US')} bytes`)
          return Promise.resolve()
        },
      })
    },
    readPicture: readPictureBytes,
    placeFile({ name }) {
      placed.push(name)
      return Promise.resolve()
    },
    files() {
      const files = [...texts].map(([name, content]) => ({ name, content }))
      return placed.length === 0
        ? files
        : [...files, { name: 'Pictures', content: placed.join('\n') }]
    },
  }
}
