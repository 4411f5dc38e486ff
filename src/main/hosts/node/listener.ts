import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { AppError } from '../../../shared/errors.ts'
import type { Log } from '../../base/log.ts'
import { errorResponse } from '../../http/error-response.ts'

export interface ListenerOptions {
  readonly log: Log
  readonly maxBodyBytes: number
}

/** A refused upload is read to its end for this long, so that the sender gets to see the answer. */
const DRAIN_MS = 5_000
const MEGABYTE = 1024 * 1024

/**
 * Joins Node's HTTP server to a handler of Request and Response. The request's signal and the response
 * body's cancel() both follow the socket; bodies are streamed with back-pressure both ways.
 */
export function createRequestListener(
  handle: (request: Request) => Promise<Response>,
  options: ListenerOptions,
): RequestListener {
  return (incoming, outgoing) => {
    answer(handle, options, incoming, outgoing).catch((error: unknown) => {
      options.log.error('A response could not be written.', { error })
      outgoing.destroy()
    })
  }
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  options: ListenerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const isTooLong = Number(incoming.headers['content-length'] ?? 0) > options.maxBodyBytes
  const request = isTooLong ? null : toRequest(incoming, outgoing, options.maxBodyBytes)
  if (request !== null) await send(await handle(request), incoming, outgoing)
  else await send(isTooLong ? refuseLength(options) : refuseRequest(), incoming, outgoing)
  drain(incoming)
}

function refuseRequest(): Response {
  return errorResponse('INPUT_INVALID', 'The request line or the Host header is not valid.')
}

function refuseLength(options: ListenerOptions): Response {
  const { code, message } = tooLarge(options.maxBodyBytes)
  return errorResponse(code, message)
}

function tooLarge(maxBodyBytes: number): AppError {
  const limit = Math.round(maxBodyBytes / MEGABYTE)
  return new AppError(
    'TOO_LARGE',
    `A request may carry at most ${limit} MB, and this one is larger. Send less at a time; files are imported by their path.`,
  )
}

/** Null when the request cannot be put as a Request: a bad Host header, `OPTIONS *`, TRACE. */
function toRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  maxBodyBytes: number,
): Request | null {
  const { method = 'GET', url: target = '/', headers } = incoming
  const host = headers.host ?? ''
  if (!target.startsWith('/') || !/^[\w.:[\]-]+$/.test(host)) return null
  const gone = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  const hasBody = method !== 'GET' && method !== 'HEAD'
  try {
    return new Request(new URL(`http://${host}${target}`), {
      method,
      headers: toHeaders(incoming),
      signal: gone.signal,
      ...(hasBody ? { body: toBody(incoming, maxBodyBytes), duplex: 'half' } : {}),
    })
  } catch {
    return null
  }
}

function toHeaders(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return headers
}

/**
 * Reads only when asked to, so that an unread body stays with Node, and fails with TOO_LARGE once the
 * limit is passed. Cancelling leaves the socket open for the answer.
 */
function toBody(incoming: IncomingMessage, maxBodyBytes: number): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Buffer> | null = null
  let readBytes = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        chunks ??= incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
        const next = await chunks.next()
        if (next.done === true) {
          controller.close()
          return
        }
        readBytes += next.value.byteLength
        if (readBytes <= maxBodyBytes) controller.enqueue(next.value)
        else controller.error(tooLarge(maxBodyBytes))
      },
      async cancel() {
        await chunks?.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const isHead = incoming.method === 'HEAD'
  if (outgoing.destroyed || response.body === null || isHead) {
    await response.body?.cancel()
    if (!outgoing.destroyed) writeHead(response, outgoing).end()
    return
  }
  const reader = response.body.getReader()
  // Not cancelling here would leave an event subscription open for ever.
  outgoing.once('close', () => {
    reader.cancel().catch(() => {
      // The body failed by itself, which the loop below has already seen.
    })
  })
  writeHead(response, outgoing).flushHeaders()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!outgoing.write(next.value)) await drained(outgoing)
      if (isGone(outgoing)) return
    }
    outgoing.end()
  } catch (error) {
    // The head is gone already: only a broken connection tells the client that the body is not whole.
    outgoing.destroy()
    throw error
  }
}

function writeHead(response: Response, outgoing: ServerResponse): ServerResponse {
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  return outgoing.writeHead(response.status)
}

/** A call, because the flag changes while we wait and the type checker would think that it cannot. */
function isGone(outgoing: ServerResponse): boolean {
  return outgoing.destroyed
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      outgoing.off('drain', finish)
      outgoing.off('close', finish)
      resolve()
    }
    outgoing.on('drain', finish)
    outgoing.on('close', finish)
  })
}

/** Reads what is left of a body nobody wanted; without it the connection would wait for ever. */
function drain(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return
  const timer = setTimeout(() => incoming.destroy(), DRAIN_MS)
  timer.unref()
  incoming.once('close', () => clearTimeout(timer))
  incoming.resume()
}
