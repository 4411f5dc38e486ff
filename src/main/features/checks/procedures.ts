import { os } from '../router.ts'
import type { ChecksService } from './service.ts'

export function createCheckProcedures(service: ChecksService) {
  return {
    status: os.checks.status.handler(() => service.status()),
    run: os.checks.run.handler(({ context, input, signal }) =>
      service.run(context, { ...input, ...(signal === undefined ? {} : { signal }) }),
    ),
    specificity: os.checks.specificity.handler(({ context, input }) =>
      service.specificity(context, input),
    ),
    start: os.checks.start.handler(({ context, input }) => service.start(context, input)),
    report: os.checks.report.handler(({ context, input }) => service.report(context, input)),
    round: os.checks.round.handler(({ context, input }) => service.round(context, input)),
    calibrate: os.checks.calibrate.handler(({ context }) => service.calibrate(context)),
    useTrial: os.checks.useTrial.handler(({ context, input }) => service.useTrial(context, input)),
    setSignal: os.checks.setSignal.handler(({ context, input }) =>
      service.setSignal(context, input),
    ),
  }
}
