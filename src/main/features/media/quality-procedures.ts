import type { QualityStatus } from '../../../shared/contract/quality.ts'
import { nearestEdge } from '../../../shared/domain/image-quality.ts'
import type { Db } from '../../db/client.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'

const EXAMPLES = 3

export function createQualityProcedures(
  context: FeatureContext,
  measureKind: JobKind<Record<string, never>>,
) {
  return {
    status: os.quality.status.handler(() => readStatus(context.openProject().db)),
    histogram: os.quality.histogram.handler(({ context: asking, input }) => {
      const { db, personId } = context.project(asking)
      return db.readAside.countQuality({ ...input, personId })
    }),
    examples: os.quality.examples.handler(({ context: asking, input }) => {
      const { db, personId } = context.project(asking)
      return db.readAside.listQualityExamples({ ...input, personId, count: EXAMPLES })
    }),
    setLimit: os.quality.setLimit.handler(async ({ context: asking, input }) => {
      const { db } = context.project(asking)
      const { issue } = input
      const limit = input.limit === null ? null : nearestEdge(issue, input.limit)
      await db.write.setQualityLimit({ issue, limit })
      context.publish({ topic: 'images', imageIds: null, isStructural: true })
      return readStatus(db)
    }),
    measure: os.quality.measure.handler(async ({ context: asking }) => ({
      jobId: await context.project(asking).scheduler.add(measureKind, {}),
    })),
  }
}

async function readStatus(db: Db): Promise<QualityStatus> {
  const { measured, total } = await db.read.countMeasured()
  return { measured, total, limits: await db.read.getQualityLimits() }
}
