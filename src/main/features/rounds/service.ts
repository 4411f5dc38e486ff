import type {
  Guideline,
  RoundOptions,
  RoundPreview,
  RoundSummary,
} from '../../../shared/contract/rounds.ts'
import type { Asking } from '../../base/asking.ts'
import type { Db } from '../../db/client.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'

interface RoundWish {
  readonly name: string
  readonly options: RoundOptions
}

export interface RoundsService {
  list(asking: Asking): Promise<RoundSummary[]>
  preview(asking: Asking, options: RoundOptions): Promise<RoundPreview>
  start(asking: Asking, wish: RoundWish): Promise<RoundSummary>
  update(asking: Asking, wish: RoundWish & { readonly number: number }): Promise<RoundSummary>
  guideline(asking: Asking, round: number): Promise<Guideline | null>
  guidelineVersions(asking: Asking, round: number): Promise<Guideline[]>
  saveGuideline(
    asking: Asking,
    input: { readonly round: number; readonly baseVersion: number; readonly markdown: string },
  ): Promise<Guideline>
}

export function createRounds(
  context: FeatureContext,
  measureKind: JobKind<Record<string, never>>,
): RoundsService {
  async function summaryOf(db: Db, number: number): Promise<RoundSummary> {
    const summary = (await db.read.listRounds()).find((round) => round.number === number)
    if (summary === undefined)
      throw new Error(`Round ${number} is gone right after it was written.`)
    return summary
  }

  return {
    async list(asking) {
      const { db } = context.project(asking)
      // Captions are measured when somebody wants to see the measures, not while people write.
      const { scheduler, db: own } = context.openProject()
      if ((await own.read.countUnmeasuredRevisions()) > 0) await scheduler.add(measureKind, {})
      return db.read.listRounds()
    },
    preview: (asking, options) => context.project(asking).db.read.previewRound({ options }),
    async start(asking, wish) {
      const { db, personId } = context.project(asking)
      const { number } = await db.write.startRound({ ...wish, personId })
      context.publish({ topic: 'images', imageIds: null, isStructural: true })
      return summaryOf(db, number)
    },
    async update(asking, wish) {
      const { db } = context.project(asking)
      await db.write.updateRound(wish)
      context.publish({ topic: 'images', imageIds: null, isStructural: true })
      return summaryOf(db, wish.number)
    },
    guideline: (asking, round) => context.project(asking).db.read.findGuideline({ round }),
    guidelineVersions: (asking, round) =>
      context.project(asking).db.read.listGuidelineVersions({ round }),
    async saveGuideline(asking, input) {
      const { db, personId } = context.project(asking)
      const saved = await db.write.saveGuideline({ ...input, personId })
      context.publish({ topic: 'images', imageIds: null, isStructural: false })
      return saved
    },
  }
}
