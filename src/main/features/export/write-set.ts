import type { ExportOptions } from '../../../shared/contract/exports.ts'
import type { ExportTarget, WriteRequest } from '../../formats/format.ts'
import { getWriter } from '../../formats/registry.ts'
import type { OpenProject } from '../open-project.ts'
import { exportRows } from './rows.ts'
import { createTextShaper, type TextTools } from './shape-rows.ts'

export interface SetRequest {
  readonly format: string
  readonly where: string
  readonly options: ExportOptions
}

/** Writes a whole data set, or its first rows, into a target. Answers whether tokens were counted and not estimated. */
export async function writeSet(
  work: Pick<WriteRequest, 'signal' | 'onRow' | 'onError' | 'onWarning'> & {
    readonly project: Pick<OpenProject, 'db' | 'personId'>
    readonly request: SetRequest
    readonly appVersion: string
    readonly target: ExportTarget
    readonly tools: TextTools
    /** How many images at most. */
    readonly limit?: number
  },
): Promise<{ readonly areTokensExact: boolean }> {
  const { request, signal, onRow, onError, onWarning } = work
  const { db, personId } = work.project
  const { images, spreadsheetSafe, shardImages } = request.options
  const writer = getWriter(request.format)
  const about = await db.read.describeForExchange()
  const shaper = createTextShaper(request.options, work.tools)
  const isSeveral = request.options.text === 'several' && writer.holdsSeveral
  await writer.write({
    rows: exportRows(db, {
      ...{ where: request.where, personId, shaper, isSeveral, projectUid: about.uid, signal },
      ...(work.limit === undefined ? {} : { limit: work.limit }),
      onLeftOut: () => {
        onRow('skipped')
      },
    }),
    ...{ project: { ...about, appVersion: work.appVersion }, target: work.target },
    options: { images, spreadsheetSafe, shardImages, isSeveral },
    ...{ signal, onRow, onError, onWarning },
  })
  if (request.options.text === 'several' && !isSeveral) {
    onWarning(`${writer.label} holds one text an image, so the first of each was written.`)
  }
  for (const warning of shaper.warnings()) onWarning(warning)
  return { areTokensExact: shaper.areTokensExact() }
}
