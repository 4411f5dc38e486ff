import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { Settings } from '../../../shared/contract/settings.ts'
import { api, client } from './client.ts'
import { createSettingsSaver, type SettingsSaver } from './settings-saver.ts'

const savers = new WeakMap<QueryClient, SettingsSaver>()

/** Saves settings; what shows them changes at once, and goes back if the saving fails. */
export function useSaveSettings(): (change: Partial<Settings>) => Promise<void> {
  return getSaver(useQueryClient()).save
}

/** Asks for the settings anew, as soon as that cannot bring back what was changed here a moment ago. */
export async function refreshSettings(queryClient: QueryClient): Promise<void> {
  await getSaver(queryClient).settled()
  await queryClient.invalidateQueries({ queryKey: api.settings.key() })
}

function getSaver(queryClient: QueryClient): SettingsSaver {
  const known = savers.get(queryClient)
  if (known !== undefined) return known
  const queryKey = api.settings.get.queryKey()
  const saver = createSettingsSaver({
    send: (change, { isLeaving }) => client.settings.set(change, { context: { isLeaving } }),
    read: () => queryClient.getQueryData(queryKey),
    show: (settings) => {
      // An answer under way is older than this.
      void queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, settings)
    },
  })
  savers.set(queryClient, saver)
  window.addEventListener('pagehide', saver.sendBeforeLeaving)
  return saver
}
