import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { eventIterator } from '@orpc/contract'
import { implement } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createSubscription, type Subscription } from '../../src/main/base/subscription.ts'
import { createHandler } from '../../src/main/http/handler.ts'
import { createRpcRoute } from '../../src/main/http/rpc.ts'
import { procedure } from '../../src/shared/contract/base.ts'
import { AppError } from '../../src/shared/errors.ts'
import { BRIDGES, openBridge, type Bridge } from '../support/bridges.ts'
import { createRecordingLog } from '../support/recording-log.ts'

const probeContract = {
  probe: {
    echo: procedure
      .input(z.object({ text: z.string().max(5), count: z.int().optional() }))
      .output(z.object({ text: z.string() })),
    fail: procedure.input(z.object({ how: z.string() })).output(z.object({})),
    subscribe: procedure.output(eventIterator(z.object({ value: z.number() }))),
    breakStream: procedure.output(eventIterator(z.object({ value: z.number() }))),
  },
}

interface Probe {
  readonly subscriptions: Subscription<{ value: number }>[]
  readonly returned: () => number
  readonly runs: () => number
}

function createProbe(): Probe & { router: ReturnType<typeof createRouter> } {
  const subscriptions: Subscription<{ value: number }>[] = []
  let returned = 0
  let runs = 0
  const router = createRouter({
    onRun: () => {
      runs += 1
    },
    subscribe: () => {
      const subscription = createSubscription<{ value: number }>({
        limit: 100,
        onOverflow: () => ({ value: -1 }),
        onReturn: () => {
          returned += 1
        },
      })
      subscriptions.push(subscription)
      return subscription
    },
  })
  return { router, subscriptions, returned: () => returned, runs: () => runs }
}

function createRouter(hooks: {
  onRun: () => void
  subscribe: () => Subscription<{ value: number }>
}) {
  const os = implement(probeContract)
  return os.router({
    probe: {
      echo: os.probe.echo.handler(({ input }) => {
        hooks.onRun()
        return { text: input.text }
      }),
      fail: os.probe.fail.handler(({ input }) => {
        switch (input.how) {
          case 'expected':
            throw new AppError('IMAGE_NOT_FOUND', 'There is no image 7.', { data: { id: 7 } })
          case 'declared':
            throw new ORPCError('JOB_STATE', { status: 409, message: 'The job has ended.' })
          case 'abort':
            throw new DOMException('gone', 'AbortError')
          default:
            throw new Error('secret detail of /home/somebody')
        }
      }),
      subscribe: os.probe.subscribe.handler(() => hooks.subscribe()),
      breakStream: os.probe.breakStream.handler(async function* () {
        yield { value: 1 }
        await Promise.resolve()
        throw new Error('secret detail of the stream')
      }),
    },
  })
}

describe.each(BRIDGES)('transport through the %s bridge', (name) => {
  let log = createRecordingLog()
  let probe = createProbe()
  let bridge: Bridge
  let client: ContractRouterClient<typeof probeContract>

  beforeEach(async () => {
    log = createRecordingLog()
    probe = createProbe()
    bridge = await openBridge(
      name,
      (guard) => ({
        handle: createHandler({
          guard,
          findGuest: () => null,
          rpc: createRpcRoute(probe.router, { log, checkRight: () => undefined }),
          media: () => {
            throw new Error('secret detail of media')
          },
          assets: null,
          log,
        }),
        close: () => Promise.resolve(),
      }),
      log,
    )
    client = createORPCClient(
      new RPCLink({ url: `${bridge.origin}/rpc`, fetch: (request) => bridge.fetch(request) }),
    )
  })

  afterEach(() => bridge.close())

  async function failureOf(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
    const error: unknown = await call.then(
      () => null,
      (reason: unknown) => reason,
    )
    if (!(error instanceof ORPCError))
      throw new Error(`no error of the rpc layer: ${String(error)}`)
    return error as ORPCError<string, unknown>
  }

  test('carries text unchanged', async () => {
    expect(await client.probe.echo({ text: 'a\n"ü😀' })).toEqual({ text: 'a\n"ü😀' })
  })

  test('an expected error keeps code, status, message and data', async () => {
    const error = await failureOf(client.probe.fail({ how: 'expected' }))
    expect(error).toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      status: 404,
      message: 'There is no image 7.',
      data: { id: 7 },
      defined: true,
    })
    expect(log.entries).toEqual([])
  })

  test('an error made from the contract passes as it is', async () => {
    const error = await failureOf(client.probe.fail({ how: 'declared' }))
    expect(error).toMatchObject({ code: 'JOB_STATE', status: 409, defined: true })
  })

  test('a bug is logged with its stack and sent with an id only', async () => {
    const error = await failureOf(client.probe.fail({ how: 'bug' }))
    expect(error).toMatchObject({ code: 'INTERNAL', status: 500, defined: true })
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
    const { id } = error.data as { id: string }
    expect(error.message).toContain(id)
    expect(log.entries).toHaveLength(1)
    expect(log.entries[0]).toMatchObject({
      level: 'error',
      details: { id, procedure: 'probe.fail' },
    })
  })

  test('a cancelled call is not logged', async () => {
    await failureOf(client.probe.fail({ how: 'abort' }))
    expect(log.entries).toEqual([])
  })

  test('input that does not fit says what was expected', async () => {
    const input = { text: 'too long for it', count: 1.5 }
    const error = await failureOf(client.probe.echo(input))
    expect(error).toMatchObject({ code: 'INPUT_INVALID', status: 400, defined: true })
    expect(error.message).toMatch(/text: Too big.*<=5.*count: /)
    expect(error.data).toEqual({ fields: ['text', 'count'] })
    expect(probe.runs()).toBe(0)
    expect(log.entries).toEqual([])
  })

  test('a body that is no JSON is refused in the same shape', async () => {
    const response = await bridge.fetch('/rpc/probe/echo', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"json":',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ json: { code: 'INPUT_INVALID', defined: true } })
    expect(log.entries).toEqual([])
  })

  test('an unknown procedure is a 404 with a code', async () => {
    const response = await bridge.fetch('/rpc/probe/absent', { method: 'POST', body: '{}' })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ json: { code: 'NOT_FOUND' } })
  })

  test.each(['GET', 'HEAD', 'PUT'])('%s runs no procedure', async (method) => {
    const data = encodeURIComponent(JSON.stringify({ json: { text: 'a' } }))
    const response = await bridge.fetch(`/rpc/probe/echo?data=${data}`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    await response.body?.cancel()
    expect(probe.runs()).toBe(0)
  })

  test('a route that throws becomes a 500 without detail', async () => {
    const response = await bridge.fetch('/media/thumbnail/1')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(log.entries).toHaveLength(1)
  })

  test('a host without pages says so', async () => {
    const response = await bridge.fetch('/')
    expect(response.status).toBe(404)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    await response.body?.cancel()
  })

  test('events arrive in order', async () => {
    const stream = await client.probe.subscribe()
    probe.subscriptions[0]?.push({ value: 1 })
    probe.subscriptions[0]?.push({ value: 2 })
    expect((await stream.next()).value).toEqual({ value: 1 })
    expect((await stream.next()).value).toEqual({ value: 2 })
    await stream.return()
  })

  test('a subscription that its reader returns ends in the core, even while idle', async () => {
    const stream = await client.probe.subscribe()
    const pending = stream.next().catch(() => undefined)
    await vi.waitFor(() => expect(probe.subscriptions).toHaveLength(1), { timeout: 20_000 })
    await stream.return()
    await vi.waitFor(() => expect(probe.returned()).toBe(1), { timeout: 20_000 })
    await pending
  })

  test('a subscription whose request is aborted ends in the core', async () => {
    const controller = new AbortController()
    const stream = await client.probe.subscribe(undefined, { signal: controller.signal })
    const pending = stream.next().catch(() => undefined)
    controller.abort()
    await vi.waitFor(() => expect(probe.returned()).toBe(1), { timeout: 20_000 })
    await pending
    expect(log.entries).toEqual([])
  })

  test('a stream that fails half way sends INTERNAL and no detail', async () => {
    const stream = await client.probe.breakStream()
    expect((await stream.next()).value).toEqual({ value: 1 })
    const error = await failureOf(stream.next())
    expect(error.code).toBe('INTERNAL')
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
    expect(log.entries).toHaveLength(1)
  })
})
