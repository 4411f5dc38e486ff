import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { contract } from '../../../shared/contract/index.ts'

type ApiClient = ContractRouterClient<typeof contract>

/** Calls the core on the page's own origin, so the renderer cannot tell the hosts apart. */
export const client: ApiClient = createORPCClient(
  new RPCLink({ url: () => `${window.location.origin}/rpc` }),
)

/** Query and mutation options, keyed by the contract path. */
export const api = createTanstackQueryUtils(client)
