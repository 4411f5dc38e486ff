import { os } from '../router.ts'
import type { PeopleService } from './service.ts'

export function createPeopleProcedures(people: PeopleService) {
  return {
    list: os.people.list.handler(({ context }) => people.list(context)),
    look: os.people.look.handler(({ context, input }) => {
      people.look(context, input.imageId)
      return {}
    }),
    invite: os.people.invite.handler(({ input }) => people.invite(input.name)),
    revoke: os.people.revoke.handler(async ({ input }) => {
      await people.revoke(input.name)
      return {}
    }),
  }
}
