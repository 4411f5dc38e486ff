import { useQuery } from '@tanstack/react-query'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'

const NONE: readonly Proposal[] = []

/** The proposals of an image, newest first; none while they are on their way. */
export function useProposals(imageId: ImageId): readonly Proposal[] {
  return useQuery(api.proposals.list.queryOptions({ input: { imageId } })).data ?? NONE
}
