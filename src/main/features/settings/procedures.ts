import { os } from '../router.ts'
import type { FeatureContext } from '../open-project.ts'
import type { SettingsService } from './service.ts'

export function createSettingsProcedures(
  settings: SettingsService,
  publish: FeatureContext['publish'],
) {
  return {
    get: os.settings.get.handler(() => settings.get()),
    set: os.settings.set.handler(async ({ input }) => {
      const next = await settings.set(input)
      publish({ topic: 'settings' })
      return next
    }),
  }
}
