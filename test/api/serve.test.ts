import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../../src/main/base/log.ts'
import { serve, type RunningServer, type ServeOptions } from '../../src/main/hosts/node/serve.ts'

let folder = ''
const open: RunningServer[] = []
const dataBefore = process.env['REALIGN_DATA']

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-serve-'))
  process.env['REALIGN_DATA'] = join(folder, 'user-data')
})

afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
  if (dataBefore === undefined) delete process.env['REALIGN_DATA']
  else process.env['REALIGN_DATA'] = dataBefore
  await rm(folder, { recursive: true, force: true })
})

async function start(options: Partial<ServeOptions> = {}): Promise<RunningServer> {
  const server = await serve({
    host: '127.0.0.1',
    port: 0,
    token: null,
    project: join(folder, 'project'),
    log: silentLog,
    ...options,
  })
  open.push(server)
  return server
}

async function status(server: RunningServer, headers: Record<string, string>): Promise<number> {
  const url = `${server.origin}/rpc/settings/get`
  const response = await fetch(url, { method: 'POST', headers, body: '{}' })
  await response.body?.cancel()
  return response.status
}

test('only the token opens the door, and a first visit turns it into a cookie', async () => {
  const server = await start()
  expect(await status(server, {})).toBe(401)
  expect(await status(server, { authorization: `Bearer ${server.token}` })).toBe(200)

  const visit = await fetch(server.url, { redirect: 'manual' })
  expect(visit.status).toBe(303)
  const cookie = visit.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(cookie).toContain(String(server.port))
  expect(await status(server, { cookie })).toBe(200)
  expect(await status(server, { cookie, origin: 'http://evil.example' })).toBe(403)
})

test('each start has a token of its own unless one is given', async () => {
  const first = await start({ project: join(folder, 'one') })
  const second = await start({ project: join(folder, 'two') })
  expect(second.token).not.toBe(first.token)
  expect(first.token.length).toBeGreaterThanOrEqual(32)
  const fixed = await start({ project: join(folder, 'three'), token: 'a-token-for-a-service' })
  expect(await status(fixed, { authorization: 'Bearer a-token-for-a-service' })).toBe(200)
  await expect(start({ token: 'short' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})

test('a port that is taken is said so, and leaves the project unlocked', async () => {
  const other = createServer()
  const taken = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  await expect(start({ port: taken })).rejects.toThrow(`Port ${taken} is taken`)
  other.close()
  expect((await start()).port).toBeGreaterThan(0)
})

test('without a port there is always one', async () => {
  const first = await start({ port: null, project: join(folder, 'one') })
  const second = await start({ port: null, project: join(folder, 'two') })
  expect(second.port).not.toBe(first.port)
})

test('closing ends open event streams and frees the project', async () => {
  const server = await start()
  const response = await fetch(`${server.origin}/rpc/events/subscribe`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
    body: '{}',
  })
  expect(response.status).toBe(200)
  const drained = response.text().catch(() => 'cut')
  await open.pop()?.close()
  await drained
  expect(await status(await start(), {})).toBe(401)
})
