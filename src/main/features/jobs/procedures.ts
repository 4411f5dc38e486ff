import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'

export function createJobProcedures(context: FeatureContext) {
  return {
    list: os.jobs.list.handler(({ input }) => context.project().scheduler.list(input.limit)),
    get: os.jobs.get.handler(({ input }) => context.project().scheduler.get(input.jobId)),
    errors: os.jobs.errors.handler(({ input }) =>
      context
        .project()
        .db.read.listJobErrors({ id: input.jobId, after: input.after, limit: input.limit }),
    ),
    cancel: os.jobs.cancel.handler(({ input }) => context.project().scheduler.cancel(input.jobId)),
    resume: os.jobs.resume.handler(({ input }) => context.project().scheduler.resume(input.jobId)),
    lanes: os.jobs.lanes.handler(() => context.project().scheduler.lanes()),
    pauseLane: os.jobs.pauseLane.handler(({ input }) => {
      const { scheduler } = context.project()
      scheduler.pauseLane(input.lane, input.paused)
      return scheduler.lanes()
    }),
  }
}
