import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  makeAnimation,
  makeBmp,
  makeCornersPng,
  makePhotoPng,
  SVG_NAMESPACE,
} from '../../../test/support/images.ts'
import { createInThreadSpawn } from '../../../test/support/in-thread-spawn.ts'
import { createMediaChildSpawn } from '../../../test/support/media-child-spawn.ts'
import { silentLog } from '../base/log.ts'
import { createMediaClient, type MediaClient, type PictureRequest } from './client.ts'
import { serve } from './serve.ts'

let folder: string
let cacheFolder: string
let client: MediaClient

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-media-'))
  cacheFolder = join(folder, 'cache')
  client = createMediaClient({ spawn: createInThreadSpawn({ media: serve }), log: silentLog })
})
afterEach(async () => {
  client.close()
  await rm(folder, { recursive: true, force: true })
})

async function request(name: string, bytes: Buffer | string): Promise<PictureRequest> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { hash, path, cacheFolder, lane: 'interactive' }
}

async function colourAt(path: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * 4
  return [...data.subarray(at, at + 4)]
}

describe('thumbnails', () => {
  test('lie in the cache by size and hash as WebP, with nothing beside them', async () => {
    const picture = await request('photo.jpg', await makePhotoPng(640, 480))
    const { path } = await client.thumbnail({ ...picture, sizePx: 256 })
    const shard = picture.hash.slice(0, 2)
    expect(path).toBe(join(cacheFolder, 'thumbnails', '256', shard, `${picture.hash}.webp`))
    expect(await sharp(path).metadata()).toMatchObject({ format: 'webp', width: 256, height: 192 })
    expect(await readdir(dirname(path))).toEqual([`${picture.hash}.webp`])
  })

  test('are found again without the picture or the process, and made anew when the cache is gone', async () => {
    const picture = await request('photo.jpg', await makePhotoPng())
    const { path } = await client.thumbnail({ ...picture, sizePx: 256 })
    const before = await readFile(path)
    const idle = createMediaClient({
      spawn: () => {
        throw new Error('The cache should have answered.')
      },
      log: silentLog,
    })
    await expect(idle.thumbnail({ ...picture, path: '/gone.jpg', sizePx: 256 })).resolves.toEqual({
      path,
    })
    idle.close()
    await rm(cacheFolder, { recursive: true })
    await client.thumbnail({ ...picture, sizePx: 256 })
    expect(await readFile(path)).toEqual(before)
  })

  test('replace what a power cut left empty', async () => {
    const picture = await request('photo.jpg', await makePhotoPng())
    const path = join(
      cacheFolder,
      'thumbnails',
      '256',
      picture.hash.slice(0, 2),
      `${picture.hash}.webp`,
    )
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, '')
    await client.thumbnail({ ...picture, sizePx: 256 })
    expect((await stat(path)).size).toBeGreaterThan(0)
  })

  test('are made once for many who ask at a time', async () => {
    let calls = 0
    const counting = createMediaClient({
      log: silentLog,
      spawn: createInThreadSpawn({
        media: (channel, _data) => {
          channel.onMessage((message) => {
            if ((message as { name: string }).name === 'render') calls += 1
          })
          serve(channel)
        },
      }),
    })
    const picture = await request('photo.jpg', await makePhotoPng())
    const paths = await Promise.all(
      Array.from({ length: 8 }, () => counting.thumbnail({ ...picture, sizePx: 512 })),
    )
    counting.close()
    expect(new Set(paths.map(({ path }) => path)).size).toBe(1)
    expect(calls).toBe(1)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'stand upright for EXIF orientation %i',
    async (orientation) => {
      // The stored pixels are the upright picture with the orientation undone.
      const upright = await makeCornersPng()
      const stored = await undoOrientation(upright, orientation)
      const jpeg = await sharp(stored)
        .withMetadata({ orientation })
        .jpeg({ quality: 100 })
        .toBuffer()
      const picture = await request('turned.jpg', jpeg)
      const { path } = await client.thumbnail({ ...picture, sizePx: 256 })
      expect(await sharp(path).metadata()).toMatchObject({ width: 60, height: 40 })
      const [red = 0, green = 0, blue = 0] = await colourAt(path, 10, 8)
      expect([red > 200, green < 60, blue < 60]).toEqual([true, true, true])
      const [, lime = 0] = await colourAt(path, 50, 8)
      expect(lime).toBeGreaterThan(200)
      const [, , deepBlue = 0] = await colourAt(path, 10, 32)
      expect(deepBlue).toBeGreaterThan(200)
    },
  )

  test('show the first frame of an animation', async () => {
    for (const format of ['gif', 'webp'] as const) {
      const picture = await request(`moving.${format}`, await makeAnimation(format))
      const { path } = await client.thumbnail({ ...picture, sizePx: 256 })
      expect((await sharp(path).metadata()).pages ?? 1).toBe(1)
      const [red = 0, , blue = 0] = await colourAt(path, 30, 20)
      expect(red > 200 && blue < 60).toBe(true)
    }
  })

  test('draw an SVG at their own size, with what is transparent kept', async () => {
    const svg = `<svg ${SVG_NAMESPACE} width="16" height="16"><circle cx="8" cy="8" r="8" fill="#0000ff"/></svg>`
    const { path } = await client.thumbnail({ ...(await request('dot.svg', svg)), sizePx: 512 })
    expect(await sharp(path).metadata()).toMatchObject({ width: 512, height: 512, hasAlpha: true })
    expect((await colourAt(path, 2, 2))[3]).toBe(0)
    const [, , blue = 0, alpha] = await colourAt(path, 256, 3)
    expect(blue > 240 && alpha === 255).toBe(true)
  })

  test('do not enlarge a small picture, and read BMP', async () => {
    const picture = await request('small.bmp', await makeBmp(await makeCornersPng()))
    const { path } = await client.thumbnail({ ...picture, sizePx: 256 })
    expect(await sharp(path).metadata()).toMatchObject({ width: 60, height: 40 })
    const [red = 0, green = 255] = await colourAt(path, 10, 8)
    expect(red > 200 && green < 60).toBe(true)
  })

  test('of a broken or changed file are refused with the reason, and leave nothing', async () => {
    const jpeg = await sharp(await makePhotoPng())
      .jpeg()
      .toBuffer()
    const cut = await request('cut.jpg', jpeg.subarray(0, jpeg.length / 2))
    await expect(client.thumbnail({ ...cut, sizePx: 256 })).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringMatching(/ends early/) as string,
    })
    const changed = await request('changed.jpg', jpeg)
    await writeFile(changed.path, await makeCornersPng())
    await expect(client.thumbnail({ ...changed, sizePx: 256 })).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringMatching(/changed since it was imported/) as string,
    })
    await expect(readdir(cacheFolder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('that cannot be stored say so', async () => {
    await writeFile(cacheFolder, 'a file where the folder should be')
    const picture = await request('photo.png', await makeCornersPng())
    await expect(client.thumbnail({ ...picture, sizePx: 256 })).rejects.toMatchObject({
      code: 'TARGET_UNWRITABLE',
    })
  })
})

describe('previews', () => {
  test('are at most as large as asked', async () => {
    const tiff = await sharp(await makePhotoPng(2000, 500))
      .tiff()
      .toBuffer()
    const picture = await request('wide.tif', tiff)
    const { path } = await client.preview({ ...picture, maxPx: 1600 })
    expect(path).toContain(join('cache', 'previews', '1600'))
    expect(await sharp(path).metadata()).toMatchObject({ format: 'webp', width: 1600, height: 400 })
  })
})

describe('probing', () => {
  test('answers in order, good and bad together', async () => {
    const good = await request('good.png', await makeCornersPng())
    const bad = await request('bad.png', 'no')
    const probes = await client.probe(
      [
        { key: 'a', path: bad.path },
        { key: 'b', path: good.path },
        { key: 'c', path: join(folder, 'none') },
      ],
      {},
    )
    expect(probes.map(({ key, ok }) => [key, ok])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ])
    expect(probes[1]).toMatchObject({ sha256: good.hash })
  })

  test('stops when cancelled', async () => {
    const good = await request('good.png', await makeCornersPng())
    const abort = new AbortController()
    const items = Array.from({ length: 50 }, (_, key) => ({ key: String(key), path: good.path }))
    const probing = client.probe(items, { signal: abort.signal })
    abort.abort()
    await expect(probing).rejects.toMatchObject({ name: 'AbortError' })
    await expect(client.probe(items, { signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  test('waits behind what is on screen', async () => {
    const order: string[] = []
    const good = await request('good.png', await makeCornersPng())
    const single = createMediaClient({
      spawn: createInThreadSpawn({ media: serve }),
      log: silentLog,
      slots: 1,
    })
    const probing = Array.from({ length: 5 }, (_, index) =>
      single
        .probe([{ key: '', path: good.path }], {})
        .then(() => order.push(`background ${index}`)),
    )
    const shown = single.thumbnail({ ...good, sizePx: 256 }).then(() => order.push('interactive'))
    await Promise.all([...probing, shown])
    single.close()
    expect(order.indexOf('interactive')).toBeLessThan(3)
  })
})

describe('the real process', () => {
  test('makes thumbnails, and starts again after it was killed at work', async () => {
    const { spawn, channels } = createMediaChildSpawn()
    const real = createMediaClient({ spawn, log: silentLog })
    const photos = await Promise.all(
      Array.from({ length: 6 }, async (_, index) =>
        request(`${index}.png`, await makePhotoPng(800 + index, 600)),
      ),
    )
    const items = photos.map(({ hash, path }) => ({ key: hash, path }))
    expect((await real.probe(items, {})).every(({ ok }) => ok)).toBe(true)
    const rendering = Promise.all(photos.map((photo) => real.thumbnail({ ...photo, sizePx: 256 })))
    channels[0]?.kill()
    const made = await rendering
    expect(made).toHaveLength(6)
    expect(channels).toHaveLength(2)
    // Killed between its calls it comes back as well.
    channels[1]?.kill()
    await expect(real.probe(items, {})).resolves.toHaveLength(6)
    real.close()
  })
})

/** What a camera that was held in this orientation would have stored. */
async function undoOrientation(upright: Buffer, orientation: number): Promise<Buffer> {
  const inverse = [1, 2, 3, 4, 5, 8, 7, 6][orientation - 1] ?? 1
  const tagged = await sharp(upright).withMetadata({ orientation: inverse }).png().toBuffer()
  return sharp(tagged).autoOrient().png().toBuffer()
}
