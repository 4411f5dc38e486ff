import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../api/client.ts'
import { useProposals } from '../proposals/use-proposals.ts'
import type { SettledImage } from '../settled-image.ts'
import type { BlameContext } from './caption-blame.ts'

/** What the words of an image's caption are traced by; renewed as its history grows. */
export function useBlameContext(image: SettledImage): BlameContext {
  const settings = useQuery(api.settings.get.queryOptions())
  const proposals = useProposals(image.id)
  const personName = settings.data?.personName ?? ''
  return useMemo(() => ({ image, proposals, personName }), [image, proposals, personName])
}
