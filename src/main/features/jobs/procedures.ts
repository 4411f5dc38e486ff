import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'

export function createJobProcedures(features: FeatureContext) {
  return {
    list: os.jobs.list.handler(({ input }) => features.openProject().scheduler.list(input.limit)),
    get: os.jobs.get.handler(({ input }) => features.openProject().scheduler.get(input.jobId)),
    errors: os.jobs.errors.handler(({ input }) =>
      features
        .openProject()
        .db.read.listJobErrors({ id: input.jobId, after: input.after, limit: input.limit }),
    ),
    cancel: os.jobs.cancel.handler(({ context, input }) =>
      features.project(context).scheduler.cancel(input.jobId),
    ),
    resume: os.jobs.resume.handler(({ context, input }) =>
      features.project(context).scheduler.resume(input.jobId),
    ),
    lanes: os.jobs.lanes.handler(() => features.openProject().scheduler.lanes()),
    pauseLane: os.jobs.pauseLane.handler(({ context, input }) => {
      const { scheduler } = features.project(context)
      scheduler.pauseLane(input.lane, input.paused)
      return scheduler.lanes()
    }),
  }
}
