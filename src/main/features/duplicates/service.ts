import type { DuplicateGroup, DuplicateRun } from '../../../shared/contract/duplicates.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { judgeCopies } from './best-of.ts'
import type { DuplicatesParams } from './duplicates-job.ts'

/** The encoder whose vectors are compared. */
export interface ComparedEncoder {
  readonly id: string
  readonly revision: string
  readonly dimension: number
}

export interface DuplicatesService {
  status(): Promise<{ run: DuplicateRun | null }>
  find(
    asking: Asking,
    wish: {
      readonly hashDistance: number
      readonly cosine: number | null
      readonly pack?: string | undefined
    },
  ): Promise<{ jobId: JobId }>
  page(wish: {
    readonly position: number
    readonly limit: number
  }): Promise<{ total: number; groups: DuplicateGroup[] }>
  mergeTexts(
    asking: Asking,
    wish: { readonly toId: ImageId; readonly fromIds: readonly ImageId[] },
  ): Promise<{ added: number }>
}

export function createDuplicates(options: {
  readonly context: FeatureContext
  readonly kind: JobKind<DuplicatesParams>
  /** The encoder of that id, or the chosen one; null where none is named and none is there. */
  readonly encoder: (id: string | undefined) => Promise<ComparedEncoder | null>
}): DuplicatesService {
  const { context, kind } = options
  return {
    async status() {
      return { run: await context.openProject().db.read.findDuplicateRun() }
    },
    async find(asking, { hashDistance, cosine, pack: id }) {
      const { scheduler } = context.project(asking)
      const encoder = cosine === null ? null : await options.encoder(id)
      const vectors =
        encoder === null || cosine === null
          ? null
          : {
              packId: encoder.id,
              revision: encoder.revision,
              dimension: encoder.dimension,
              cosine,
            }
      return { jobId: await scheduler.add(kind, { hashDistance, vectors }) }
    },
    async page(wish) {
      const { total, groups } = await context.openProject().db.read.listDuplicateGroups(wish)
      return {
        total,
        groups: groups.flatMap(({ number, size, members }) => {
          const judged = judgeCopies(members)
          const { bestId } = judged
          return bestId === null ? [] : [{ number, size, bestId, members: judged.members }]
        }),
      }
    },
    async mergeTexts(asking, { toId, fromIds }) {
      const { db } = context.project(asking)
      const added = await db.write.mergeAltTexts({ toId, fromIds, now: Date.now() })
      if (added > 0) context.publish({ topic: 'images', imageIds: [toId], isStructural: true })
      return { added }
    },
  }
}
