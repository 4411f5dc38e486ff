import { os } from '../router.ts'
import type { FeatureContext } from '../open-project.ts'
import type { PersonalSettings } from './personal-settings.ts'

export function createSettingsProcedures(
  settings: PersonalSettings,
  publish: FeatureContext['publish'],
) {
  return {
    get: os.settings.get.handler(({ context }) => settings.get(context.asker)),
    set: os.settings.set.handler(async ({ context, input }) => {
      const next = await settings.set(context.asker, input)
      publish({ topic: 'settings' })
      return next
    }),
  }
}
