import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CatalogueEntry } from './catalogue.ts'
import { downloadEntry, type DownloadOptions } from './download.ts'

const BYTES = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256))
const COMMIT = 'c0ffee1234'
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

let folder: string
let server: Server
let host: string
/** How the host behaves in this test. */
let behaviour: {
  cutAfter?: number
  knowsRanges: boolean
  statesHash: string | null
  status: number
  bytes: Buffer
}
let asked: { readonly method: string; readonly url: string; readonly range: string | undefined }[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-download-'))
  behaviour = { knowsRanges: true, statesHash: sha256(BYTES), status: 200, bytes: BYTES }
  asked = []
  server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  host = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

/** Like a model hub: facts on the first answer, the bytes behind a redirect. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '', headers } = request
  asked.push({ method, url, range: headers.range })
  if (behaviour.status !== 200) {
    response.writeHead(behaviour.status).end()
    return
  }
  if (!url.startsWith('/blob')) {
    response.setHeader('x-repo-commit', COMMIT)
    response.setHeader('x-linked-size', behaviour.bytes.length)
    const hash = behaviour.statesHash ?? 'version-one'
    response.writeHead(302, { location: '/blob', 'x-linked-etag': `"${hash}"` }).end()
    return
  }
  const start = behaviour.knowsRanges
    ? Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0)
    : 0
  const rest = behaviour.bytes.subarray(start)
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': rest.length })
  if (behaviour.cutAfter === undefined) response.end(rest)
  else
    response.write(rest.subarray(0, behaviour.cutAfter), () =>
      setTimeout(() => response.destroy(), 20),
    )
}

const entry: CatalogueEntry = {
  id: 'tiny',
  name: 'Tiny',
  task: 'dual-encoder',
  licence: { id: 'MIT' },
  repository: 'someone/tiny',
  revision: null,
  note: '',
  files: [{ path: 'onnx/model.onnx', sizeBytes: null, sha256: null }],
}

function fetchIt(change: Partial<DownloadOptions> = {}, which = entry) {
  const progress = { bytes: 0, total: 0 }
  const options: DownloadOptions = {
    host,
    folder,
    signal: new AbortController().signal,
    onBytes: (count) => (progress.bytes += count),
    onTotal: (sizeBytes) => (progress.total = sizeBytes),
    ...change,
  }
  return { progress, result: downloadEntry(which, options) }
}

const target = (): string => join(folder, 'onnx', 'model.onnx')

describe('downloading', () => {
  test('fetches from one commit, checks and renames', async () => {
    const { progress, result } = fetchIt()
    expect(await result).toEqual({ revision: COMMIT })
    expect(await readFile(target())).toEqual(BYTES)
    expect(progress).toEqual({ bytes: BYTES.length, total: BYTES.length })
    expect(asked.map(({ url }) => url)).toContain(`/someone/tiny/resolve/${COMMIT}/onnx/model.onnx`)
    expect(existsSync(`${target()}.part`)).toBe(false)
  })

  test('goes on where the connection broke', async () => {
    behaviour.cutAfter = 100_000
    await expect(fetchIt().result).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' })
    expect(existsSync(target())).toBe(false)
    delete behaviour.cutAfter
    const { progress, result } = fetchIt()
    await result
    expect(asked.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/)
    expect(progress.bytes).toBe(BYTES.length)
    expect(await readFile(target())).toEqual(BYTES)
  })

  test('starts over when the host knows no ranges, and when the file is another by now', async () => {
    behaviour.cutAfter = 100_000
    await expect(fetchIt().result).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' })
    delete behaviour.cutAfter
    behaviour.knowsRanges = false
    const { progress, result } = fetchIt()
    await result
    expect(progress.bytes).toBe(BYTES.length)
    await rm(target())
    behaviour = { ...behaviour, knowsRanges: true, cutAfter: 50_000 }
    await expect(fetchIt().result).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' })
    const newer = Buffer.from(BYTES.map((byte) => 255 - byte))
    behaviour = { knowsRanges: true, statesHash: sha256(newer), status: 200, bytes: newer }
    await fetchIt().result
    expect(await readFile(target())).toEqual(newer)
  })

  test('does not fetch again what is there', async () => {
    await fetchIt().result
    asked = []
    await fetchIt().result
    expect(asked.every(({ method }) => method === 'HEAD')).toBe(true)
  })

  test('throws away what has another hash than the host or the catalogue states', async () => {
    behaviour.statesHash = 'b'.repeat(64)
    await expect(fetchIt().result).rejects.toMatchObject({ code: 'PACK_CORRUPT' })
    behaviour.statesHash = null
    const known = {
      ...entry,
      files: [{ path: 'onnx/model.onnx', sizeBytes: null, sha256: 'c'.repeat(64) }],
    }
    await expect(fetchIt({}, known).result).rejects.toMatchObject({ code: 'PACK_CORRUPT' })
    expect(existsSync(target())).toBe(false)
    expect(existsSync(`${target()}.part`)).toBe(false)
  })

  test('takes the bytes as they come where nobody states a hash', async () => {
    behaviour.statesHash = null
    await fetchIt().result
    expect(await readFile(target())).toEqual(BYTES)
  })

  test.each([
    [404, /does not have/],
    [403, /account/],
    [500, /error \(500\)/],
  ])('says what a status of %d means and how to do without', async (status, words) => {
    behaviour.status = status
    const failure = fetchIt().result
    await expect(failure).rejects.toThrow(words)
    await expect(failure).rejects.toThrow(/from a folder/)
  })

  test('says that nobody is there, and stops when cancelled', async () => {
    await expect(fetchIt({ host: 'http://127.0.0.1:1' }).result).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
    })
    const controller = new AbortController()
    controller.abort('cancelled')
    await expect(fetchIt({ signal: controller.signal }).result).rejects.toBe('cancelled')
  })
})
