import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'

export function createJudgementProcedures(features: FeatureContext) {
  return {
    get: os.judgements.get.handler(({ context, input }) =>
      features.project(context).db.read.getJudgements(input),
    ),
    answer: os.judgements.answer.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      await db.write.answerJudgement({ ...input, personId })
      features.publish({ topic: 'images', imageIds: [input.imageId], isStructural: false })
      return {}
    }),
    withdraw: os.judgements.withdraw.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      await db.write.withdrawAnswer({ ...input, personId })
      features.publish({ topic: 'images', imageIds: [input.imageId], isStructural: false })
      return {}
    }),
  }
}
