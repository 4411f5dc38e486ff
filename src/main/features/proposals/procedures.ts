import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'

export function createProposalProcedures(features: FeatureContext) {
  return {
    list: os.proposals.list.handler(({ context, input }) =>
      features.project(context).db.read.listProposals(input),
    ),
    add: os.proposals.add.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      const added = await db.write.addProposal({ ...input, personId })
      features.publish({ topic: 'images', imageIds: [input.imageId], isStructural: false })
      return added
    }),
    decide: os.proposals.decide.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      const decided = await db.write.decideProposal({ ...input, personId })
      features.publish({ topic: 'images', imageIds: [input.imageId], isStructural: false })
      return decided
    }),
  }
}
