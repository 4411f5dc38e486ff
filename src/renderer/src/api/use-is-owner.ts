import { useQuery } from '@tanstack/react-query'
import { api } from './client.ts'

/** Whether this window is the owner's, who alone opens projects, imports, exports and steers rounds; undefined until known. */
export function useIsOwner(): boolean | undefined {
  return useQuery(api.host.capabilities.queryOptions()).data?.isOwner
}
