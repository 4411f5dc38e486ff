import type { Findings } from '../../../shared/contract/findings.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asking } from '../../base/asking.ts'
import type { FindingTask } from '../../db/queries/machine-results.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
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
    find: os.findings.find.handler(({ context, input }) => startFinding(options, context, input)),
  }
}

function getFindings({ context }: FindingsOptions, imageId: ImageId): Promise<Findings> {
  return context.openProject().db.read.getFindings({ imageId })
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
