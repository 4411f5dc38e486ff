import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { setKeys } from '../commands/key-bindings.ts'

/** Puts the keys of the settings in force, before anything below draws them. */
export function useKeyMap(): void {
  const keys = useQuery(api.settings.get.queryOptions()).data?.keys
  if (keys !== undefined) setKeys(keys)
}
