import type { HostProcess } from '../../../tools/host-process.ts'
import { createClient, type Client } from '../../../src/main/http/rpc-client.ts'
import { signedAddress } from './signed-address.ts'

export interface Guest {
  readonly name: string
  /** The link, as the owner would send it. */
  readonly url: string
  /** The same link for an address of the app. */
  readonly urlOf: (path: string) => string
  readonly client: Client
}

/** Invites somebody to the host, who then asks it under their own name. */
export async function invite(host: HostProcess, name: string): Promise<Guest> {
  const { path } = await host.client.people.invite({ name })
  const url = new URL(path, host.origin)
  const authorization = `Bearer ${url.searchParams.get('token') ?? ''}`
  const send = (request: Request): Promise<Response> => {
    request.headers.set('authorization', authorization)
    return fetch(request)
  }
  return {
    ...{ name, url: url.href, client: createClient(host.origin, send) },
    urlOf: (target) => signedAddress(url.href, target),
  }
}
