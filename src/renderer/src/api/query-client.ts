import { QueryClient } from '@tanstack/react-query'
import { describeError } from './describe-error.ts'

const MAX_RETRIES = 2

/**
 * For `throwOnError`: an error takes the place of a screen only where there is nothing to show. When asking again
 * fails, what is there stays, and what was typed into it.
 */
export function hasNothingToShow(
  _error: unknown,
  query: { readonly state: { readonly data: unknown } },
): boolean {
  return query.state.data === undefined
}

/**
 * Makes the cache of server state. Nothing goes stale by time: the event stream says what changed,
 * and a lost stream refetches everything.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The core is on this machine or one hop away: being "offline" says nothing about it.
        networkMode: 'always',
        retry: (count, error) => count < MAX_RETRIES && describeError(error).isRetryable,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
