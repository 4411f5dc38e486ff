import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query'
import type { contract } from '../../../shared/contract/index.ts'
import { requestHeaders } from './this-window.ts'

interface CallContext {
  /** Lets the request outlive the page; for what must still be saved while the window closes. */
  readonly isLeaving?: boolean
}

type ApiClient = ContractRouterClient<typeof contract, CallContext>

/** Calls the core on the page's own origin, so the renderer cannot tell the hosts apart. */
export const client: ApiClient = createORPCClient(
  new RPCLink<CallContext>({
    url: () => `${window.location.origin}/rpc`,
    headers: () => requestHeaders(),
    fetch: (request, init, { context }) =>
      globalThis.fetch(request, { ...init, keepalive: context.isLeaving === true }),
  }),
)

/** Query and mutation options, keyed by the contract path. */
export const api: RouterUtils<ApiClient> = createTanstackQueryUtils(client)
