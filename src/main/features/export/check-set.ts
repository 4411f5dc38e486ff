import type { ExportCheck, ExportFinding, ExportOptions } from '../../../shared/contract/exports.ts'
import type { Db } from '../../db/client.ts'
import { askExportReads } from '../../db/export-reads.ts'
import { getWriter } from '../../formats/registry.ts'
import { createRowCheck, narrow } from './check-rows.ts'
import { createCheckTarget } from './check-target.ts'
import type { CountedSubset } from './choose-subset.ts'
import type { TextTools } from './shape-rows.ts'
import { writeSet, type ChosenSubset, type SetRequest } from './write-set.ts'

const MAX_EXAMPLES = 3
/** Reasons told apart; those that name a number would otherwise be one each. */
const MAX_REASONS = 20

/**
 * Writes a data set to nowhere and says what is wrong or worth knowing of it. At most `most` images are looked at,
 * spread evenly over the chosen ones; a page of them at a time, so that others are answered in between.
 */
export async function checkSet(work: {
  readonly db: Pick<Db, 'read'>
  readonly request: SetRequest
  readonly chosen: CountedSubset
  readonly most: number
  readonly appVersion: string
  readonly tools: TextTools
  readonly signal: AbortSignal
}): Promise<ExportCheck> {
  const { request, chosen } = work
  const subset = spread(chosen, work.most)
  const rows = createRowCheck(request, getWriter(request.format).hasImages)
  const failures = createFailures()
  const warnings = new Set<string>()
  const counts = { done: 0, skipped: 0, failed: 0 }
  await writeSet({
    ...{ reads: askExportReads(work.db), request, appVersion: work.appVersion, tools: work.tools },
    ...{ subset, target: createCheckTarget(), signal: work.signal },
    listFiles: () => [],
    watcher: rows,
    onRow: (outcome) => {
      counts[outcome] += 1
    },
    onError: (error) => {
      counts.failed += 1
      failures.add(error)
    },
    onWarning: (message) => warnings.add(message),
  })
  const findings = [
    ...failures.findings(request.where),
    ...rows.findings(),
    ...[...warnings, ...chosen.counts.notes, ...describeLack(request.options.describe)].map(toNote),
  ]
  return {
    ...{ images: chosen.imageIds.length, looked: subset.imageIds.length, counts },
    findings: findings.toSorted((one, other) => rank(one) - rank(other)),
  }
}

function rank({ weight }: ExportFinding): number {
  return weight === 'problem' ? 0 : 1
}

/** Rows that would be left out, by the reason that the writer gives. */
function createFailures() {
  interface Reason {
    readonly code: string
    readonly message: string
    images: number
    readonly examples: string[]
  }
  const reasons = new Map<string, Reason>()
  return {
    add({ item, code, message }: { item: string; code: string; message: string }): void {
      const key = reasons.has(message) || reasons.size < MAX_REASONS ? message : 'others'
      const reason = reasons.get(key) ?? { code, message, images: 0, examples: [] }
      reason.images += 1
      if (reason.examples.length < MAX_EXAMPLES) reason.examples.push(item)
      reasons.set(key, reason)
    },
    findings: (where: string): readonly ExportFinding[] =>
      [...reasons.values()].map(({ code, message, images, examples }) => ({
        id: `fails-${code.toLowerCase()}`,
        weight: 'problem',
        ...{ images, examples, message: `${images === 1 ? 'image' : 'images'}: ${message}` },
        query: code === 'IMAGE_FILE_MISSING' ? narrow(where, '(is:missing OR is:broken)') : null,
      })),
  }
}

function describeLack(describe: ExportOptions['describe']): readonly string[] {
  if (describe === null) {
    return ['No licence and no source go with it; describing the data set adds them.']
  }
  const lacking = [
    ...(describe.licence.trim() === '' ? ['licence'] : []),
    ...(describe.creator.trim() === '' ? ['creator'] : []),
    ...(describe.url.trim() === '' ? ['web address'] : []),
  ]
  return lacking.length === 0 ? [] : [`The data set card has no ${lacking.join(', no ')}.`]
}

function toNote(message: string, index: number): ExportFinding {
  return {
    ...{ id: `note-${index + 1}`, weight: 'note', message },
    ...{ images: null, query: null, examples: [] },
  }
}

/** So many of the images at equal distances, with their splits. */
function spread(chosen: ChosenSubset, most: number): ChosenSubset {
  const { imageIds, splits } = chosen
  if (imageIds.length <= most) return { imageIds, splits }
  const places = Array.from({ length: most }, (_, index) =>
    Math.floor((index * imageIds.length) / most),
  )
  return {
    imageIds: Uint32Array.from(places, (place) => imageIds[place] ?? 0),
    splits:
      splits === null
        ? null
        : {
            ...splits,
            splitOf: Uint8Array.from(places, (place) => splits.splitOf[place] ?? 0),
          },
  }
}
