import { os } from '../router.ts'
import type { FeatureContext } from '../open-project.ts'
import type { SettingsService } from './service.ts'

export function createSettingsProcedures(
  settings: SettingsService,
  options: {
    readonly publish: FeatureContext['publish']
    /** Called before the answer, so that what is written after it bears the new name. */
    readonly onRename: () => Promise<void>
  },
) {
  return {
    get: os.settings.get.handler(() => settings.get()),
    set: os.settings.set.handler(async ({ input }) => {
      const before = settings.get()
      const next = await settings.set(input)
      if (next.personName !== before.personName) await options.onRename()
      options.publish({ topic: 'settings' })
      return next
    }),
  }
}
