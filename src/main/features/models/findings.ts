import type { Findings } from '../../../shared/contract/findings.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import { findPackFile } from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asking } from '../../base/asking.ts'
import type { FindingTask } from '../../db/queries/machine-results.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import { NO_CLASS, readLabelFile } from '../../models/detector-labels.ts'
import { packFilePath } from '../../models/pack-file-path.ts'
import type { InstalledPack, PackStore } from '../../models/store.ts'
import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'
import { findChosenPack } from './choose-pack.ts'
import type { FindingsParams } from './findings-job.ts'
import type { createModelSettings } from './model-settings.ts'

const NEEDS = {
  detect: {
    task: 'detector',
    missing:
      'Finding things in images needs a detector, and none is installed. Install one on the Models screen: from the catalogue, or from a folder that you fetched elsewhere.',
    other: 'A detector',
  },
  ocr: {
    task: 'ocr',
    missing:
      'Reading text in images needs an OCR pack, and none is there, although one comes with Realign. Install Realign again.',
    other: 'An OCR pack',
  },
} as const

interface FindingsOptions {
  readonly context: FeatureContext
  readonly store: PackStore
  readonly settings: ReturnType<typeof createModelSettings>
  readonly kinds: Readonly<Record<FindingTask, JobKind<FindingsParams>>>
}

/** What detectors and OCR found in an image, and the jobs that look for more. */
export function createFindingProcedures(options: FindingsOptions) {
  return {
    get: os.findings.get.handler(({ input }) => getFindings(options, input.imageId)),
    words: os.findings.words.handler(({ input }) => listWords(options, input)),
    find: os.findings.find.handler(({ context, input }) => startFinding(options, context, input)),
  }
}

function getFindings({ context }: FindingsOptions, imageId: ImageId): Promise<Findings> {
  return context.openProject().db.read.getFindings({ imageId })
}

async function listWords(
  { context, store }: FindingsOptions,
  wish: { readonly task: FindingTask; readonly prefix: string; readonly limit: number },
): Promise<string[]> {
  const found = await context.openProject().db.read.listFoundWords(wish)
  if (wish.task === 'ocr' || found.length >= wish.limit) return found
  const prefix = wish.prefix.toLowerCase()
  const known = await listDetectorLabels(store)
  const more = known.filter((label) => label.toLowerCase().startsWith(prefix))
  return [...new Set([...found, ...more])].slice(0, wish.limit)
}

async function listDetectorLabels(store: PackStore): Promise<readonly string[]> {
  const { packs } = await store.list()
  const lists = packs.map(async ({ folder, manifest }) => {
    const file = manifest.task === 'detector' ? findPackFile(manifest, 'labels') : undefined
    // A pack that was removed just now has no names to offer, and nothing is wrong with the others.
    return file === undefined ? [] : readLabelFile(packFilePath(folder, file)).catch(() => [])
  })
  return (await Promise.all(lists)).flat().filter((label) => label !== NO_CLASS)
}

async function startFinding(
  options: FindingsOptions,
  asking: Asking,
  wish: {
    readonly task: FindingTask
    readonly pack?: string | undefined
    readonly where: string
  },
): Promise<{ jobId: JobId }> {
  const { scheduler, personId, db } = options.context.project(asking)
  const { manifest } = await resolvePack(options, wish)
  // A query with a mistake is said now, and not by the job.
  await db.read.countImages({ query: wish.where, personId })
  const { id: packId, revision } = manifest
  const jobId = await scheduler.add(options.kinds[wish.task], {
    ...{ packId, revision, where: wish.where, personId },
  })
  return { jobId }
}

async function resolvePack(
  { store, settings }: FindingsOptions,
  wish: { readonly task: FindingTask; readonly pack?: string | undefined },
): Promise<InstalledPack> {
  const { task, missing, other } = NEEDS[wish.task]
  await settings.load()
  const pack =
    wish.pack === undefined
      ? findChosenPack(await store.list(), {
          task,
          chosenId: settings.chosen(task),
          isSample: false,
        })
      : await store.get({ id: wish.pack })
  if (pack === null) throw new AppError('PACK_NOT_FOUND', missing)
  if (pack.manifest.task === task) return pack
  throw new AppError(
    'PACK_INVALID',
    `${other} is needed for this, but "${pack.manifest.name}" is a ${pack.manifest.task}. Choose another pack.`,
  )
}
