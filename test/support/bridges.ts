import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { OWNER } from '../../src/main/base/asking.ts'
import { silentLog, type Log } from '../../src/main/base/log.ts'
import { createRequestListener } from '../../src/main/hosts/node/listener.ts'
import { createElectronGuard, createNodeGuard, type Guard } from '../../src/main/http/guard.ts'
import { createClient, type Client } from '../../src/main/http/rpc-client.ts'

/** The ways a request can reach the core; suites run once through each. */
export const BRIDGES = ['direct', 'node', 'electron-like'] as const
export type BridgeName = (typeof BRIDGES)[number]

export interface Served {
  handle(request: Request): Promise<Response>
  close(): Promise<void>
}

export interface Bridge {
  readonly origin: string
  readonly client: Client
  /** Like the page's fetch: signed in, and given a path or a Request of the bridge's origin. */
  readonly fetch: (input: string | Request, init?: RequestInit) => Promise<Response>
  close(): Promise<void>
}

const BRIDGE_TOKEN = 'a-token-for-tests-only'
const MAX_BODY_BYTES = 1024 * 1024

/** Starts what `start` makes behind the named bridge, with the guard that its real host would give. */
export async function openBridge(
  name: BridgeName,
  start: (guard: Guard) => Promise<Served> | Served,
  log: Log = silentLog,
): Promise<Bridge> {
  switch (name) {
    case 'direct':
      return openDirect(await start(() => OWNER))
    case 'node':
      return openNode(
        await start(
          createNodeGuard({ token: BRIDGE_TOKEN, hostnames: new Set(['127.0.0.1', 'localhost']) }),
        ),
        log,
      )
    case 'electron-like':
      return openElectronLike(await start(createElectronGuard('app://local')))
  }
}

function openDirect(served: Served): Bridge {
  const send = async (request: Request): Promise<Response> => {
    const response = await served.handle(request)
    // As fetch does: an abort after the head still ends the body.
    const body = response.body?.pipeThrough(new TransformStream(), { signal: request.signal })
    return new Response(body ?? null, { status: response.status, headers: response.headers })
  }
  return joinBridge('http://localhost', send, () => served.close())
}

async function openNode(served: Served, log: Log): Promise<Bridge> {
  const server = createServer(
    createRequestListener((request) => served.handle(request), {
      log,
      maxBodyBytes: MAX_BODY_BYTES,
    }),
  )
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return joinBridge(
    `http://127.0.0.1:${port}`,
    (request) => {
      request.headers.set('authorization', `Bearer ${BRIDGE_TOKEN}`)
      return fetch(request)
    },
    async () => {
      server.close()
      server.closeAllConnections()
      await served.close()
    },
  )
}

/**
 * Repeats what Electron's protocol.handle does with a request (its source is lib/browser/api/protocol.ts):
 * a new Request without the page's signal, headers through Object.fromEntries, the response's body as a
 * Node stream that is destroyed when the page goes away, and a throw as an error without any detail.
 */
function openElectronLike(served: Served): Bridge {
  const send = async (request: Request): Promise<Response> => {
    const body = request.body === null ? null : new Blob([await request.arrayBuffer()]).stream()
    const arriving = new Request(request.url, {
      method: request.method,
      headers: new Headers(Object.fromEntries(request.headers)),
      ...(body === null ? {} : { body, duplex: 'half' }),
    })
    let response: Response
    try {
      response = await served.handle(arriving)
    } catch {
      throw new TypeError('net::ERR_UNEXPECTED')
    }
    const stream =
      response.body === null ? null : Readable.fromWeb(response.body as NodeReadableStream)
    return new Response(stream === null ? null : toPageBody(stream, request.signal), {
      status: response.status,
      headers: Object.fromEntries(response.headers),
    })
  }
  const abortable = (request: Request): Promise<Response> =>
    new Promise((resolve, reject) => {
      request.signal.addEventListener('abort', () => {
        reject(new DOMException('The page aborted the request.', 'AbortError'))
      })
      send(request).then(resolve, reject)
    })
  return joinBridge('app://local', abortable, () => served.close())
}

function toPageBody(stream: Readable, signal: AbortSignal): ReadableStream<Uint8Array> {
  const chunks = stream.iterator({ destroyOnReturn: true }) as AsyncIterator<Uint8Array>
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => {
        stream.destroy()
        controller.error(new DOMException('The page aborted the request.', 'AbortError'))
      })
    },
    async pull(controller) {
      const next = await chunks.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    cancel() {
      stream.destroy()
    },
  })
}

function joinBridge(
  origin: string,
  send: (request: Request) => Promise<Response>,
  close: () => Promise<void>,
): Bridge {
  return {
    origin,
    client: createClient(origin, send),
    fetch: (input, init) =>
      send(typeof input === 'string' ? new Request(`${origin}${input}`, init) : input),
    close,
  }
}
