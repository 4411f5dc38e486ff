import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../shared/contract/index.ts'

/** Every procedure of the contract as a typed function. */
export type Client = ContractRouterClient<typeof contract>

/**
 * A typed client for programs that are not the renderer: the command line (whose `fetch` calls the
 * core in the same process), tools and tests. `origin` is what the guard sees as the request's origin.
 */
export function createClient(
  origin: string,
  fetch: (request: Request) => Promise<Response>,
): Client {
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, fetch: (request) => fetch(request) }))
}
