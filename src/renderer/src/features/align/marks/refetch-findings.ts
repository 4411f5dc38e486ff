import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Asks again for what an answer changes. What is on its way was asked for before the answer was stored and would show
 * the old state when it comes, so it is dropped first: asking again alone would go on waiting for it.
 */
export async function refetchFindings(
  queryClient: QueryClient,
  keys: readonly QueryKey[],
): Promise<void> {
  await Promise.all(keys.map((queryKey) => queryClient.cancelQueries({ queryKey })))
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
