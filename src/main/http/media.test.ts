import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readlink, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  makeAnimation,
  makeBmp,
  makePhotoPng,
  SVG_NAMESPACE,
} from '../../../test/support/images.ts'
import { createInThreadSpawn } from '../../../test/support/in-thread-spawn.ts'
import { silentLog } from '../base/log.ts'
import { createMediaClient, type MediaClient } from '../media/client.ts'
import { serve } from '../media/serve.ts'
import { statImageFile } from '../media/image-file.ts'
import type { Route } from './handler.ts'
import { createMediaRoute, type FoundImage } from './media.ts'

let folder: string
let media: MediaClient
let route: Route
const images = new Map<number, FoundImage>()
/** Large enough to be streamed in several chunks. */
const LARGE_BYTES = 700_000
let large: Buffer
let photo: Buffer

const ID = {
  photo: 1,
  large: 2,
  svg: 3,
  bmp: 4,
  tiff: 5,
  gif: 6,
  broken: 7,
  missing: 8,
  pending: 9,
  back: 10,
  wide: 11,
  stale: 12,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-media-route-'))
  const png = await makePhotoPng()
  photo = await sharp(png).jpeg().toBuffer()
  large = Buffer.concat([photo, randomBytes(LARGE_BYTES - photo.length)])
  await add(ID.photo, 'jpeg', photo)
  await add(ID.large, 'jpeg', large)
  await add(
    ID.svg,
    'svg',
    `<svg ${SVG_NAMESPACE} width="320" height="240"><script>alert(1)</script><rect width="9" height="9"/></svg>`,
  )
  await add(ID.bmp, 'bmp', await makeBmp(png))
  await add(ID.tiff, 'tiff', await sharp(png).tiff().toBuffer())
  await add(ID.gif, 'gif', await makeAnimation('gif'))
  await add(ID.broken, 'jpeg', photo.subarray(0, photo.length / 3), {
    problem: { code: 'IMAGE_UNREADABLE', message: 'The file ends early.' },
  })
  await add(ID.missing, 'jpeg', photo, {
    path: join(folder, 'none.jpg'),
    hash: 'a'.repeat(64),
  })
  await add(ID.pending, 'jpeg', photo, { hash: '', path: null, format: null })
  await add(ID.back, 'jpeg', photo, { problem: { code: 'IMAGE_FILE_MISSING', message: 'Gone.' } })
  await add(ID.wide, 'jpeg', await sharp(png).resize(2000, 1500).jpeg().toBuffer(), {
    width: 2000,
    height: 1500,
  })
  await add(ID.stale, 'jpeg', photo.subarray(0, photo.length / 2))
  media = createMediaClient({ spawn: createInThreadSpawn({ media: serve }), log: silentLog })
  route = createMediaRoute({
    findImage: (id) => Promise.resolve(images.get(id) ?? null),
    media,
    cacheFolder: () => join(folder, 'cache'),
    log: silentLog,
  })
})
afterAll(async () => {
  media.close()
  await rm(folder, { recursive: true, force: true })
})

async function add(
  id: number,
  format: string,
  bytes: Buffer | string,
  change: Partial<FoundImage> = {},
): Promise<void> {
  const path = join(folder, `${id}.bin`)
  await writeFile(path, bytes)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const stats = await statImageFile(path)
  images.set(id, { path, hash, format, width: 320, height: 240, problem: null, stats, ...change })
}

async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  return route(new Request(`http://localhost/media/${address}`, init))
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer())
}

function hashOf(id: number): string {
  return images.get(id)?.hash ?? ''
}

describe('every answer', () => {
  test.each([
    `image/${ID.photo}`,
    `thumbnail/${ID.svg}`,
    `image/${ID.broken}`,
    'image/999',
    'other/1',
  ])('%s is locked down', async (address) => {
    const response = await ask(address)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    )
    await response.body?.cancel()
  })
})

describe('thumbnails', () => {
  test('are WebP, and immutable under the address of their hash only', async () => {
    const current = await ask(`thumbnail/${ID.photo}?v=${hashOf(ID.photo)}&size=256`)
    expect(current.status).toBe(200)
    expect(current.headers.get('content-type')).toBe('image/webp')
    expect(current.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(await sharp(await bytesOf(current)).metadata()).toMatchObject({
      format: 'webp',
      width: 256,
    })
    for (const version of ['', '?v=', '?v=0000']) {
      const other = await ask(`thumbnail/${ID.photo}${version}`)
      expect(other.headers.get('cache-control')).toBe('private, no-cache')
    }
  })

  test('are not sent again to who has them', async () => {
    const etag = (await ask(`thumbnail/${ID.photo}`)).headers.get('etag') ?? ''
    const again = await ask(`thumbnail/${ID.photo}`, {
      headers: { 'if-none-match': `"x", W/${etag}` },
    })
    expect(again.status).toBe(304)
    expect(again.body).toBeNull()
    const other = await ask(`thumbnail/${ID.photo}?size=512`)
    expect(other.headers.get('etag')).not.toBe(etag)
  })

  test('refuse odd sizes', async () => {
    expect((await ask(`thumbnail/${ID.photo}?size=100000`)).status).toBe(400)
  })

  test('of a file that is back after it was missing are shown', async () => {
    expect((await ask(`thumbnail/${ID.back}`)).status).toBe(200)
  })
})

describe('refusals carry the reason', () => {
  async function reasonOf(address: string, init?: RequestInit): Promise<unknown> {
    const response = await ask(address, init)
    const body = (await response.json()) as { json: { code: string; message: string } }
    expect(JSON.stringify(body)).not.toContain(folder)
    return { status: response.status, code: body.json.code, message: body.json.message }
  }

  test('that the import found', async () => {
    expect(await reasonOf(`thumbnail/${ID.broken}`)).toEqual({
      status: 422,
      code: 'IMAGE_UNREADABLE',
      message: 'The file ends early.',
    })
  })

  test('that turns up when the picture is made', async () => {
    expect(await reasonOf(`thumbnail/${ID.stale}`)).toMatchObject({
      status: 422,
      code: 'IMAGE_UNREADABLE',
      message: expect.stringMatching(/ends early/) as string,
    })
  })

  test.each(['thumbnail', 'preview', 'image'])('of a missing file: %s', async (kind) => {
    expect(await reasonOf(`${kind}/${ID.missing}`)).toMatchObject({
      status: 404,
      code: 'IMAGE_FILE_MISSING',
    })
    expect(await reasonOf(`${kind}/${ID.pending}`)).toMatchObject({ code: 'IMAGE_FILE_MISSING' })
  })

  test.each(['999', '0', '-1', '1e3', 'abc', '..%2f..%2fetc%2fpasswd', ''])(
    'of id %j',
    async (id) => {
      expect(await reasonOf(`image/${id}`)).toMatchObject({ status: 404, code: 'IMAGE_NOT_FOUND' })
    },
  )

  test('of an address that is none', async () => {
    expect(await reasonOf('originals/1')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(await reasonOf('image/1/2')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  test('of a method that writes', async () => {
    expect(await reasonOf(`image/${ID.photo}`, { method: 'PUT', body: 'x' })).toMatchObject({
      status: 405,
    })
  })
})

describe('originals', () => {
  test('are sent byte for byte, small and streamed', async () => {
    const small = await ask(`image/${ID.photo}?v=${hashOf(ID.photo)}`)
    expect(small.headers.get('content-type')).toBe('image/jpeg')
    expect(small.headers.get('cache-control')).toContain('immutable')
    expect((await bytesOf(small)).equals(photo)).toBe(true)
    const streamed = await ask(`image/${ID.large}`)
    expect(streamed.headers.get('content-length')).toBe(String(LARGE_BYTES))
    expect((await bytesOf(streamed)).equals(large)).toBe(true)
  })

  test('that no browser shows, or that could run, are sent as pictures made by us', async () => {
    for (const id of [ID.svg, ID.bmp, ID.tiff]) {
      const response = await ask(`image/${id}`)
      expect(response.headers.get('content-type')).toBe('image/webp')
      expect((await sharp(await bytesOf(response)).metadata()).format).toBe('webp')
    }
  })
})

describe('previews', () => {
  test('are the original where that is small enough, and standing still', async () => {
    expect((await ask(`preview/${ID.photo}?size=800`)).headers.get('content-type')).toBe(
      'image/jpeg',
    )
    expect((await ask(`preview/${ID.gif}?size=800`)).headers.get('content-type')).toBe('image/webp')
  })

  test('are scaled down to the next size that we keep', async () => {
    for (const [size, width] of [
      ['', 1600],
      ['&size=700', 800],
      ['&size=801', 1600],
      ['&size=9000', 1600],
    ] as const) {
      const response = await ask(`preview/${ID.wide}?v=${size}`)
      expect(response.headers.get('content-type')).toBe('image/webp')
      expect((await sharp(await bytesOf(response)).metadata()).width).toBe(width)
    }
    expect((await ask(`preview/${ID.wide}?size=-3`)).status).toBe(400)
  })
})

describe('ranges', () => {
  const range = (value: string, more: Record<string, string> = {}): RequestInit => ({
    headers: { range: value, ...more },
  })

  test.each([
    ['bytes=0-9', 0, 9],
    [`bytes=${LARGE_BYTES - 5}-`, LARGE_BYTES - 5, LARGE_BYTES - 1],
    ['bytes=-300000', LARGE_BYTES - 300_000, LARGE_BYTES - 1],
    ['bytes=100000-650000', 100_000, 650_000],
  ])('%s is a part', async (value, first, last) => {
    const response = await ask(`image/${ID.large}`, range(value))
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${LARGE_BYTES}`)
    expect(response.headers.get('content-length')).toBe(String(last - first + 1))
    expect((await bytesOf(response)).equals(large.subarray(first, last + 1))).toBe(true)
  })

  test('outside the file is 416 with the size', async () => {
    const response = await ask(`image/${ID.large}`, range(`bytes=${LARGE_BYTES}-`))
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe(`bytes */${LARGE_BYTES}`)
  })

  test('several at once, or of another version, give the whole', async () => {
    const several = await ask(`image/${ID.large}`, range('bytes=0-1,5-9'))
    expect(several.status).toBe(200)
    await several.body?.cancel()
    const other = await ask(`image/${ID.large}`, range('bytes=0-1', { 'if-range': '"old"' }))
    expect(other.status).toBe(200)
    await other.body?.cancel()
    const same = await ask(
      `image/${ID.large}`,
      range('bytes=0-1', { 'if-range': `"${hashOf(ID.large)}"` }),
    )
    expect(same.status).toBe(206)
  })

  test('HEAD tells what GET would, without a body', async () => {
    const response = await ask(`image/${ID.large}`, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(response.headers.get('content-length')).toBe(String(LARGE_BYTES))
    expect(response.body).toBeNull()
  })
})

describe.skipIf(process.platform !== 'linux')('open files', () => {
  async function countOpen(path: string): Promise<number> {
    const names = await readdir('/proc/self/fd')
    const targets = await Promise.all(
      names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
    )
    return targets.filter((target) => target === path).length
  }

  test('are closed when the body is cancelled, and at its end', async () => {
    const path = images.get(ID.large)?.path ?? ''
    const cancelled = await ask(`image/${ID.large}`)
    const reader = (cancelled.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    expect(await countOpen(path)).toBe(1)
    await reader.cancel()
    expect(await countOpen(path)).toBe(0)
    await bytesOf(await ask(`image/${ID.large}`))
    expect(await countOpen(path)).toBe(0)
  })
})

test('a picture that was replaced on the disk is not shown beside the old texts', async () => {
  const id = 40
  await add(id, 'jpeg', photo)
  const hash = hashOf(id)
  const path = join(folder, `${id}.bin`)
  const other = await sharp({ create: { width: 90, height: 60, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  await writeFile(path, other)
  const response = await ask(`image/${id}?v=${hash}`)
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ json: { code: 'IMAGE_UNREADABLE' } })
})

test('a picture that was only touched is still shown', async () => {
  const id = 41
  await add(id, 'jpeg', photo)
  await utimes(join(folder, `${id}.bin`), new Date(0), new Date(0))
  const response = await ask(`image/${id}?v=${hashOf(id)}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('image/webp')
})
