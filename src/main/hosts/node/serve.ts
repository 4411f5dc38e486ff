import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'
import { assetsFolder, appVersion, dataFolder, sampleFolder } from '../../base/app-paths.ts'
import type { Log } from '../../base/log.ts'
import { createCore } from '../../core.ts'
import { createNodeGuard } from '../../http/guard.ts'
import { AppError } from '../../../shared/errors.ts'
import { allowedHostnames } from './hostnames.ts'
import { createRequestListener } from './listener.ts'
import { nodeHost } from './node-host.ts'
import { spawnNodeWorker } from './spawn.ts'

const DEFAULT_PORT = 4870
const MAX_BODY_BYTES = 64 * 1024 * 1024
const MIN_TOKEN_LENGTH = 16

export interface ServeOptions {
  /** Address to bind; loopback unless the user asks for another. */
  readonly host: string
  /** Null takes the usual port, or any free one when that is taken. */
  readonly port: number | null
  /** Project to open; undefined opens the last one or the sample. */
  readonly project?: string | undefined
  /** Fixed token, for servers that start again under the same address; made up when null. */
  readonly token: string | null
  readonly log: Log
}

export interface RunningServer {
  readonly origin: string
  readonly port: number
  readonly token: string
  /** The address to open: it carries the token once, which becomes a cookie. */
  readonly url: string
  close(): Promise<void>
}

/** Starts the core behind an HTTP listener. Rejects when the port is taken or the project cannot be opened. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const token = checkToken(options.token)
  const core = await createCore({
    spawn: spawnNodeWorker,
    host: nodeHost,
    guard: createNodeGuard({
      token,
      hostnames: allowedHostnames(options.host, readMachineNames()),
    }),
    dataFolder: dataFolder(),
    sampleFolder: sampleFolder(),
    assetsFolder: assetsFolder(),
    appVersion: appVersion(),
    log: options.log,
    ...(options.project === undefined ? {} : { project: options.project }),
  })
  const server = createServer(
    createRequestListener((request) => core.handle(request), {
      log: options.log,
      maxBodyBytes: MAX_BODY_BYTES,
    }),
  )
  try {
    const port = await listenOnSomePort(server, options.host, options.port)
    const origin = `http://${asUrlHost(options.host)}:${port}`
    return {
      origin,
      port,
      token,
      url: `${origin}/?token=${token}`,
      close: () => closeAll(server, core),
    }
  } catch (error) {
    await core.close()
    throw error
  }
}

function checkToken(given: string | null): string {
  if (given === null) return randomBytes(24).toString('base64url')
  if (given.length >= MIN_TOKEN_LENGTH && /^[\w-]+$/.test(given)) return given
  throw new AppError(
    'INPUT_INVALID',
    `A fixed token must have at least ${MIN_TOKEN_LENGTH} characters out of letters, digits, "-" and "_".`,
  )
}

async function listenOnSomePort(
  server: Server,
  host: string,
  wanted: number | null,
): Promise<number> {
  try {
    return await listen(server, host, wanted ?? DEFAULT_PORT)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (isTaken && wanted === null) return listen(server, host, 0)
    if (!isTaken) throw error
    throw new AppError(
      'TARGET_EXISTS',
      `Port ${wanted ?? DEFAULT_PORT} is taken by another program. Name another with --port, or leave it out to get a free one.`,
      { cause: error },
    )
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** Requests that are under way end first, but event streams never do: those are cut. */
async function closeAll(server: Server, core: { close(): Promise<void> }): Promise<void> {
  const isClosed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  await core.close()
  server.closeAllConnections()
  await isClosed
}

function readMachineNames(): { hostname: string; addresses: string[] } {
  const addresses = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map((entry) => entry.address),
  )
  return { hostname: hostname(), addresses }
}

/** Browsers cannot open the any-address, and an IPv6 address needs brackets. */
function asUrlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
