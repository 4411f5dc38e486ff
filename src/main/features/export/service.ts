import { resolve } from 'node:path'
import type { ExportCheck, ExportFormat, ExportPreview } from '../../../shared/contract/exports.ts'
import type { Subset, SubsetCounts } from '../../../shared/contract/subset.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import { askExportReads } from '../../db/export-reads.ts'
import { getWriter, WRITERS } from '../../formats/registry.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { TextClient } from '../../text/client.ts'
import type { FeatureContext } from '../open-project.ts'
import {
  findFrequentConcepts,
  type FrequentConcepts,
  type FrequentWish,
} from './frequent-concepts.ts'
import { checkSet } from './check-set.ts'
import type { ExportParams } from './export-params.ts'
import { checkPlace } from './jobs.ts'
import type { CountedSubset } from './choose-subset.ts'
import { createPreviewTarget } from './preview-target.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { checkTarget } from './staged-target.ts'
import { createSubsetCache } from './subset-cache.ts'
import { writeSet, type ChosenSubset, type SetRequest } from './write-set.ts'

const PREVIEW_ROWS = 5
/** Of each split, so that its place is seen. */
const PREVIEW_ROWS_A_SPLIT = 2
const PREVIEW_LIMIT_MS = 20_000

/** What is exported: a request with the steps that choose of its images. */
export interface ExportRequest extends SetRequest {
  readonly subset: Subset
}

export interface ExportService {
  formats(): ExportFormat[]
  preview(request: ExportRequest, signal: AbortSignal): Promise<ExportPreview>
  check(
    request: ExportRequest & { readonly most: number },
    signal: AbortSignal,
  ): Promise<ExportCheck>
  counts(
    request: Pick<ExportRequest, 'where' | 'subset'>,
    signal: AbortSignal,
  ): Promise<SubsetCounts>
  concepts(
    wish: Omit<FrequentWish, 'personId' | 'signal'>,
    signal: AbortSignal,
  ): Promise<FrequentConcepts>
  start(
    asking: Asking,
    request: ExportRequest & {
      readonly out: string
      /** The recipe that it is of; left out for none. */
      readonly recipe?: ExportParams['recipe']
    },
  ): Promise<{ jobId: JobId }>
}

export function createExport(
  options: TextTools & {
    readonly text: Pick<TextClient, 'nouns' | 'mostlyVerbs'>
    readonly context: FeatureContext
    readonly kind: JobKind<ExportParams>
    readonly readPicture: ReadPicture
    readonly appVersion: string
  },
): ExportService {
  const { context, kind, appVersion } = options
  const chooseCached = createSubsetCache()

  function choose(
    { where, subset }: Pick<ExportRequest, 'where' | 'subset'>,
    signal: AbortSignal,
  ): Promise<CountedSubset> {
    const project = context.openProject()
    return chooseCached(project, { where, subset, personId: project.personId, signal })
  }

  return {
    formats: () =>
      WRITERS.map((writer) => {
        const { id, label, group, summary, description } = writer
        const { hasImages, holdsSeveral, isSharded } = writer
        return { id, label, group, summary, description, hasImages, holdsSeveral, isSharded }
      }),
    async check({ most, ...request }, signal) {
      const project = context.openProject()
      const chosen = await choose(request, signal)
      return checkSet({ db: project.db, request, chosen, most, appVersion, tools: options, signal })
    },
    counts: async (request, signal) => (await choose(request, signal)).counts,
    concepts(wish, signal) {
      const project = context.openProject()
      const asked = { ...wish, personId: project.personId, signal }
      return findFrequentConcepts({ db: project.db, text: options.text }, asked)
    },
    async preview(request, signal) {
      const project = context.openProject()
      const chosen = await choose(request, signal)
      const target = createPreviewTarget(options.readPicture)
      const warnings: string[] = []
      await writeSet({
        ...{ reads: askExportReads(project.db), request, appVersion, target, tools: options },
        subset: firstOf(chosen),
        listFiles: () => [],
        signal: AbortSignal.any([signal, AbortSignal.timeout(PREVIEW_LIMIT_MS)]),
        onRow: () => {},
        onError: (error) => warnings.push(`${error.item}: ${error.message}`),
        onWarning: (message) => warnings.push(message),
      })
      return { count: chosen.imageIds.length, files: target.files(), warnings }
    },
    async start(asking, request) {
      const project = context.project(asking)
      const out = resolve(request.out)
      getWriter(request.format)
      await project.db.read.countImages({ query: request.where })
      for (const query of request.subset.strata?.queries ?? []) {
        await project.db.read.countImages({ query })
      }
      await checkPlace(project, out)
      await checkTarget(out)
      return { jobId: await project.scheduler.add(kind, { recipe: null, ...request, out }) }
    },
  }
}

/** A few images, in the order of import; of each split some. */
function firstOf({ imageIds, splits }: ChosenSubset): ChosenSubset {
  if (splits === null) return { imageIds: imageIds.subarray(0, PREVIEW_ROWS), splits }
  const places = splits.names
    .flatMap((_, index) => placesOf(splits.splitOf, index, PREVIEW_ROWS_A_SPLIT))
    .sort((one, other) => one - other)
  return {
    imageIds: Uint32Array.from(places, (place) => imageIds[place] ?? 0),
    splits: { ...splits, splitOf: Uint8Array.from(places, (place) => splits.splitOf[place] ?? 0) },
  }
}

function placesOf(splitOf: Uint8Array, split: number, most: number): readonly number[] {
  const places: number[] = []
  let place = splitOf.indexOf(split)
  while (place >= 0 && places.length < most) {
    places.push(place)
    place = splitOf.indexOf(split, place + 1)
  }
  return places
}
