import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Drops what is on its way: it was asked for before an answer was given and would show the old state when it comes. */
export async function dropFindings(
  queryClient: QueryClient,
  keys: readonly QueryKey[],
): Promise<void> {
  await Promise.all(keys.map((queryKey) => queryClient.cancelQueries({ queryKey })))
}

/** Asks again for what an answer changes, and drops what is on its way: asking again alone would go on waiting for it. */
export async function refetchFindings(
  queryClient: QueryClient,
  keys: readonly QueryKey[],
): Promise<void> {
  await dropFindings(queryClient, keys)
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
