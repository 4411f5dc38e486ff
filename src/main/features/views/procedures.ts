import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'

/** Saved queries; each change tells every window. */
export function createViewProcedures(features: FeatureContext) {
  return {
    list: os.views.list.handler(({ context }) => features.project(context).db.read.listViews()),
    save: os.views.save.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      const saved = await db.write.saveView({ ...input, personId })
      features.publish({ topic: 'views' })
      return saved
    }),
    update: os.views.update.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      const saved = await db.write.updateView({ ...input, personId })
      features.publish({ topic: 'views' })
      return saved
    }),
    remove: os.views.remove.handler(async ({ context, input }) => {
      await features.project(context).db.write.removeView(input)
      features.publish({ topic: 'views' })
      return {}
    }),
  }
}
