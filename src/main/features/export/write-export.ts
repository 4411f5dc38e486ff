import { hash } from 'node:crypto'
import type { ExportReads } from '../../db/export-reads.ts'
import type { WriteRequest } from '../../formats/format.ts'
import { asksSteps, type CountedSubset } from './choose-subset.ts'
import type { ExportParams } from './export-params.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { MANIFEST_NAME, openStagedTarget, type StagedTarget } from './staged-target.ts'
import { writeSet } from './write-set.ts'

const MAX_WARNINGS = 20

/** All that is known of an export before it is written; plain data, which crosses to a thread. */
export interface ExportOrder {
  readonly params: ExportParams
  readonly jobId: number
  readonly chosen: CountedSubset
  readonly appVersion: string
}

export interface WrittenExport {
  readonly files: number
  readonly bytes: number
  /** Of the list of all files with their hashes. */
  readonly sha256: string
  readonly counts: Readonly<Record<'done' | 'skipped' | 'failed', number>>
  readonly warnings: readonly string[]
}

/** Writes a data set. Nothing of it is visible under its name before all of it is on the disk. */
export async function writeExport(
  order: ExportOrder,
  work: Pick<WriteRequest, 'signal' | 'onRow' | 'onError'> & {
    readonly reads: ExportReads
    readonly tools: TextTools
    readonly readPicture: ReadPicture
  },
): Promise<WrittenExport> {
  const { params, appVersion } = order
  const { reads, tools, signal } = work
  const target = await openStagedTarget(params.out, order.jobId, work.readPicture)
  const warnings: string[] = []
  const counts = { done: 0, skipped: 0, failed: 0 }
  try {
    const { areTokensExact } = await writeSet({
      ...{ reads, request: params, appVersion, target, tools, signal },
      subset: order.chosen,
      listFiles: () => target.files,
      onRow: (outcome) => {
        counts[outcome] += 1
        work.onRow(outcome)
      },
      onError: (error) => {
        counts.failed += 1
        work.onError(error)
      },
      onWarning: (message) => {
        if (warnings.length < MAX_WARNINGS) warnings.push(message)
      },
    })
    const written = await writeManifest(target, { order, counts, areTokensExact })
    signal.throwIfAborted()
    await target.publish()
    return { ...written, counts, warnings }
  } catch (error) {
    await target.discard()
    throw error
  }
}

/**
 * The manifest names every file with its hash; it has no time in it, so that the same data give the same bytes. It says
 * of subsets and recipes only where there are some. Answers how much was written, and a hash over all of it.
 */
async function writeManifest(
  target: StagedTarget,
  about: Pick<WrittenExport, 'counts'> & {
    readonly order: ExportOrder
    readonly areTokensExact: boolean
  },
): Promise<Pick<WrittenExport, 'files' | 'bytes' | 'sha256'>> {
  const files = target.files.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const list = files.map((file) => `${file.sha256}  ${file.name}\n`).join('')
  const sha256 = hash('sha256', list, 'hex')
  const { params, chosen, appVersion } = about.order
  const { format, where, options, recipe } = params
  const { steps, splits, concepts, notes } = chosen.counts
  const isChosen = asksSteps(params.subset)
  const manifest = {
    application: `Realign ${appVersion}`,
    format,
    where,
    options,
    ...(recipe === null ? {} : { recipe: { name: recipe.name, version: recipe.version } }),
    ...(isChosen ? { subset: params.subset, steps, splits, notes } : {}),
    ...(concepts.length > 0 ? { concepts } : {}),
    ...(options.tokens === null ? {} : { areTokensExact: about.areTokensExact }),
    counts: about.counts,
    ...(isChosen || recipe !== null ? { sha256 } : {}),
    files,
  }
  const file = await target.openText(MANIFEST_NAME)
  await file.write(`${JSON.stringify(manifest, null, 2)}\n`)
  await file.close()
  return {
    ...{ files: files.length, sha256 },
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }
}
