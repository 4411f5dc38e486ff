import { os } from '../router.ts'
import type { DuplicatesService } from './service.ts'

export function createDuplicateProcedures(service: DuplicatesService) {
  return {
    status: os.duplicates.status.handler(() => service.status()),
    find: os.duplicates.find.handler(({ context, input }) => service.find(context, input)),
    page: os.duplicates.page.handler(({ input }) => service.page(input)),
    mergeTexts: os.duplicates.mergeTexts.handler(({ context, input }) =>
      service.mergeTexts(context, input),
    ),
  }
}
