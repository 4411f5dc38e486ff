import type { QueryClient } from '@tanstack/react-query'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'

/** Shows a proposal as the core holds it now, a new one first. A list on its way may be older, and is asked for again. */
export function putProposal(queryClient: QueryClient, imageId: ImageId, proposal: Proposal): void {
  const queryKey = api.proposals.list.queryKey({ input: { imageId } })
  const wasAsking = queryClient.isFetching({ queryKey }) > 0
  void queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData(queryKey, (list) =>
    list === undefined || list.some(({ id }) => id === proposal.id)
      ? list?.map((other) => (other.id === proposal.id ? proposal : other))
      : [proposal, ...list],
  )
  if (wasAsking) void queryClient.invalidateQueries({ queryKey })
}
