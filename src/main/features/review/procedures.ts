import type { ImageId } from '../../../shared/domain/ids.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'
import { os } from '../router.ts'

export function createReviewProcedures(features: FeatureContext) {
  async function decided(
    { db, personId }: OpenProject,
    imageId: ImageId,
  ): Promise<{ remaining: number }> {
    features.publish({ topic: 'images', imageIds: [imageId], isStructural: true })
    return { remaining: await db.read.countWaiting({ personId }) }
  }

  return {
    queue: os.review.queue.handler(({ context, input }) => {
      const { db, personId } = features.project(context)
      return db.read.listReviewQueue({ ...input, personId })
    }),
    accept: os.review.accept.handler(async ({ context, input }) => {
      const project = features.project(context)
      const { text = null, ...decision } = input
      await project.db.write.acceptCaption({ ...decision, text, personId: project.personId })
      return decided(project, input.imageId)
    }),
    return: os.review.return.handler(async ({ context, input }) => {
      const project = features.project(context)
      await project.db.write.returnCaption({ ...input, personId: project.personId })
      return decided(project, input.imageId)
    }),
    undo: os.review.undo.handler(async ({ context }) => {
      const { db, personId } = features.project(context)
      const undone = await db.write.undoDecision({ personId })
      features.publish({ topic: 'images', imageIds: [undone.imageId], isStructural: true })
      return undone
    }),
  }
}
