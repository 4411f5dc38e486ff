import { os } from '../router.ts'
import type { ModelsService } from './service.ts'

export function createModelProcedures(service: ModelsService) {
  return {
    list: os.models.list.handler(() => service.list()),
    verify: os.models.verify.handler(async ({ input }) => {
      await service.verify(input)
      return { isSound: true as const }
    }),
    install: os.models.install.handler(({ context, input }) => service.install(context, input)),
    remove: os.models.remove.handler(async ({ input }) => {
      await service.remove(input)
      return { isRemoved: true as const }
    }),
    choose: os.models.choose.handler(async ({ input }) => {
      await service.choose(input.task, input.id)
      return { id: input.id }
    }),
    setDevice: os.models.setDevice.handler(({ input }) => service.setDevice(input.device)),
    status: os.models.status.handler(() => service.status()),
    embedStatus: os.models.embedStatus.handler(({ input }) => service.embedStatus(input)),
    embed: os.models.embed.handler(({ context, input }) => service.embed(context, input)),
    search: os.models.search.handler(({ context, input }) => service.search(context, input)),
    measure: os.models.measure.handler(({ input }) => service.measure(input)),
    tryOn: os.models.tryOn.handler(({ input }) => service.tryOn(input)),
  }
}
