import { Agent, createServer, request as httpRequest, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { createRequestListener } from '../../src/main/hosts/node/listener.ts'
import { createRecordingLog } from '../support/recording-log.ts'

const LIMIT_BYTES = 100_000
let server: Server | null = null
const log = createRecordingLog()

afterEach(() => {
  server?.close()
  server?.closeAllConnections()
  server = null
})

async function listen(handle: (request: Request) => Promise<Response>): Promise<number> {
  const started = createServer(createRequestListener(handle, { log, maxBodyBytes: LIMIT_BYTES }))
  server = started
  return new Promise((resolve) => {
    started.listen(0, '127.0.0.1', () => {
      const address = started.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

/** Sends bytes as they are, for requests that no client would write. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}

const echo = async (request: Request): Promise<Response> => new Response(await request.text())

test('a body arrives whole', async () => {
  const port = await listen(echo)
  const body = 'ü'.repeat(LIMIT_BYTES / 2)
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })
  expect(await response.text()).toBe(body)
})

test('a body that announces too many bytes is refused before it is read', async () => {
  const handle = vi.fn(echo)
  const port = await listen(handle)
  const body = 'x'.repeat(LIMIT_BYTES + 1)
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ json: { code: 'TOO_LARGE' } })
  expect(handle).not.toHaveBeenCalled()
})

test('a body of unknown length fails with TOO_LARGE once it passes the limit', async () => {
  const port = await listen(async (request) => {
    const error: unknown = await request.text().catch((reason: unknown) => reason)
    return Response.json({ code: (error as { code?: string }).code })
  })
  let left = 30
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(LIMIT_BYTES / 10))
      left -= 1
      if (left === 0) controller.close()
    },
  })
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body,
    duplex: 'half',
  } as RequestInit)
  expect(await response.json()).toEqual({ code: 'TOO_LARGE' })
})

test('a connection goes on after a body that nobody read', async () => {
  const port = await listen((request) =>
    Promise.resolve(new Response(null, { status: request.method === 'POST' ? 401 : 200 })),
  )
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method: string, body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({ port, host: '127.0.0.1', method, agent }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  expect(await ask('POST', 'x'.repeat(LIMIT_BYTES - 1))).toBe(401)
  expect(await ask('GET', '')).toBe(200)
  agent.destroy()
})

test('a client that goes away aborts the signal and cancels the body', async () => {
  let isAborted = false
  let isCancelled = false
  const port = await listen((request) => {
    request.signal.addEventListener('abort', () => {
      isAborted = true
    })
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('first')),
      cancel: () => {
        isCancelled = true
      },
    })
    return Promise.resolve(new Response(body))
  })
  const controller = new AbortController()
  const response = await fetch(`http://127.0.0.1:${port}/`, { signal: controller.signal })
  const reader = response.body?.getReader()
  await reader?.read()
  controller.abort()
  await vi.waitFor(() => expect([isAborted, isCancelled]).toEqual([true, true]), {
    timeout: 20_000,
  })
})

test('a slow reader slows the body down', async () => {
  let producedBytes = 0
  const chunk = new Uint8Array(64 * 1024)
  const port = await listen(() =>
    Promise.resolve(
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            producedBytes += chunk.byteLength
            controller.enqueue(chunk)
          },
        }),
      ),
    ),
  )
  const socket = connect(port, '127.0.0.1', () =>
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  )
  await new Promise((resolve) => socket.once('readable', resolve))
  let last = -1
  // Nothing is read: production must come to a stop once the socket's buffers are full.
  await vi.waitFor(
    () => {
      const now = producedBytes
      const hasStopped = now === last
      last = now
      expect(hasStopped).toBe(true)
    },
    { timeout: 10_000, interval: 300 },
  )
  expect(producedBytes).toBeLessThan(64 * 1024 * 1024)
  socket.destroy()
})

test('a body that fails breaks the connection instead of looking whole', async () => {
  const port = await listen(() =>
    Promise.resolve(
      new Response(
        new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(new Uint8Array(10)),
          pull: (controller) => controller.error(new Error('disk gone')),
        }),
      ),
    ),
  )
  const response = fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.arrayBuffer())
  await expect(response).rejects.toThrow()
})

test('HEAD sends the headers and cancels the body', async () => {
  let isCancelled = false
  const port = await listen(() =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          cancel: () => {
            isCancelled = true
          },
        }),
        { headers: { 'content-length': '5', 'x-seen': 'yes' } },
      ),
    ),
  )
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' })
  expect(response.headers.get('x-seen')).toBe('yes')
  expect(response.headers.get('content-length')).toBe('5')
  await vi.waitFor(() => expect(isCancelled).toBe(true), { timeout: 20_000 })
})

test.each([
  ['a Host header with a user name', 'GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n'],
  ['a Host header with a path', 'GET / HTTP/1.1\r\nHost: localhost/evil\r\n\r\n'],
  ['an absolute target', 'GET http://evil/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a star target', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['no Host header', 'GET / HTTP/1.1\r\n\r\n'],
])('%s is a bad request', async (_name, text) => {
  const handle = vi.fn(echo)
  const port = await listen(handle)
  expect(await sendRaw(port, text)).toMatch(/^HTTP\/1.1 400 /)
  expect(handle).not.toHaveBeenCalled()
})

test('repeated headers and cookies survive both ways', async () => {
  const port = await listen((request) => {
    const headers = new Headers({ 'x-got': request.headers.get('x-many') ?? '' })
    headers.append('set-cookie', 'a=1')
    return Promise.resolve(new Response(null, { headers }))
  })
  const headers = new Headers()
  headers.append('x-many', 'one')
  headers.append('x-many', 'two')
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers })
  expect(response.headers.get('x-got')).toBe('one, two')
  expect(response.headers.getSetCookie()).toEqual(['a=1'])
})
