import { join } from 'node:path'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { Asker } from '../../base/asking.ts'
import type { Log } from '../../base/log.ts'
import { createSettings, type SettingsService } from './service.ts'

export interface PersonalSettings {
  get(asker: Asker): Promise<Settings>
  set(asker: Asker, changes: Parameters<SettingsService['set']>[0]): Promise<Settings>
}

/** Settings belong to a person: the owner's are those of the host, each guest has a file of their own beside them. */
export function createPersonalSettings(options: {
  readonly dataFolder: string
  readonly log: Log
  readonly owner: SettingsService
  /** Called before the answer, so that what is written after it bears the new name; throws when it is taken. */
  readonly renameGuest: (guest: Asker & { readonly kind: 'guest' }, name: string) => Promise<void>
  readonly checkOwnerName: (name: string) => void
  readonly onOwnerRename: () => Promise<void>
}): PersonalSettings {
  const { owner } = options
  const ofGuests = new Map<string, Promise<SettingsService>>()

  function ofGuest(id: string): Promise<SettingsService> {
    const known = ofGuests.get(id)
    if (known !== undefined) return known
    const dataFolder = join(options.dataFolder, 'people', id)
    const opening = createSettings({ dataFolder, log: options.log })
    ofGuests.set(id, opening)
    return opening
  }

  return {
    async get(asker) {
      if (asker.kind === 'owner') return owner.get()
      // The name is in the list of those who were invited, which the guard reads.
      return { ...(await ofGuest(asker.id)).get(), personName: asker.name }
    },
    async set(asker, changes) {
      if (asker.kind === 'owner') {
        const before = owner.get().personName
        if (changes.personName !== undefined && changes.personName !== before) {
          options.checkOwnerName(changes.personName)
        }
        const next = await owner.set(changes)
        if (next.personName !== before) await options.onOwnerRename()
        return next
      }
      const { personName = asker.name, ...others } = changes
      if (personName !== asker.name) await options.renameGuest(asker, personName)
      return { ...(await (await ofGuest(asker.id)).set(others)), personName }
    },
  }
}
