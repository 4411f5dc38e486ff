import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { Settings } from '../../../shared/contract/settings.ts'
import { api, client } from './client.ts'

/** A slider moves in many small steps; they are saved as one. */
const COALESCE_MS = 200

interface PendingSave {
  change: Partial<Settings>
  readonly before: Settings | undefined
  readonly saved: Promise<void>
}

let pending: PendingSave | undefined

/** Saves settings; what shows them changes at once, and goes back if the saving fails. */
export function useSaveSettings(): (change: Partial<Settings>) => Promise<void> {
  const queryClient = useQueryClient()
  return (change) => save(queryClient, change)
}

function save(queryClient: QueryClient, change: Partial<Settings>): Promise<void> {
  const queryKey = api.settings.get.queryKey()
  const before = queryClient.getQueryData(queryKey)
  if (before !== undefined) queryClient.setQueryData(queryKey, { ...before, ...change })
  if (pending === undefined) pending = { change, before, saved: send(queryClient) }
  else pending.change = { ...pending.change, ...change }
  return pending.saved
}

async function send(queryClient: QueryClient): Promise<void> {
  const queryKey = api.settings.get.queryKey()
  await new Promise((resolve) => setTimeout(resolve, COALESCE_MS))
  const sent = pending
  pending = undefined
  if (sent === undefined) return
  try {
    const settings = await client.settings.set(sent.change)
    queryClient.setQueryData(queryKey, settings)
  } catch (error) {
    queryClient.setQueryData(queryKey, sent.before)
    throw error
  }
}
