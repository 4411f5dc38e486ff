import { os } from '../router.ts'
import type { RoundsService } from './service.ts'

export function createRoundProcedures(rounds: RoundsService) {
  return {
    list: os.rounds.list.handler(({ context }) => rounds.list(context)),
    preview: os.rounds.preview.handler(({ context, input }) =>
      rounds.preview(context, input.options),
    ),
    start: os.rounds.start.handler(({ context, input }) => rounds.start(context, input)),
    update: os.rounds.update.handler(({ context, input }) => rounds.update(context, input)),
    guideline: os.rounds.guideline.handler(({ context, input }) =>
      rounds.guideline(context, input.round),
    ),
    guidelineVersions: os.rounds.guidelineVersions.handler(({ context, input }) =>
      rounds.guidelineVersions(context, input.round),
    ),
    saveGuideline: os.rounds.saveGuideline.handler(({ context, input }) =>
      rounds.saveGuideline(context, input),
    ),
  }
}
