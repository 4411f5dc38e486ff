import { useQueryClient } from '@tanstack/react-query'
import type { Settings } from '../../../shared/contract/settings.ts'
import { api, client } from './client.ts'

/** Saves settings; the screen shows them at once and goes back if that fails. */
export function useSaveSettings(): (change: Partial<Settings>) => Promise<void> {
  const queryClient = useQueryClient()
  const queryKey = api.settings.get.queryKey()
  return async (change) => {
    const before = queryClient.getQueryData(queryKey)
    if (before !== undefined) queryClient.setQueryData(queryKey, { ...before, ...change })
    try {
      queryClient.setQueryData(queryKey, await client.settings.set(change))
    } catch (error) {
      queryClient.setQueryData(queryKey, before)
      throw error
    }
  }
}
