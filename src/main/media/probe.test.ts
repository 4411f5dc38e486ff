import { createHash } from 'node:crypto'
import { chmod, mkdtemp, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  makeAnimation,
  makeBmp,
  makeCornersPng,
  makePhotoPng,
  SVG_NAMESPACE,
} from '../../../test/support/images.ts'
import { makeTar } from '../../../test/support/tar.ts'
import { toPictureAddress } from '../base/picture-address.ts'
import type { ImageFormat } from './image-format.ts'
import { probeImage } from './probe.ts'
import type { Probe } from './requests.ts'

let folder: string
let photo: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-probe-'))
  photo = await makePhotoPng()
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

async function probeBytes(bytes: Buffer | string, name = 'picture'): Promise<Probe> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return probeImage({ path })
}

async function encode(format: Exclude<ImageFormat, 'svg'>): Promise<Buffer> {
  return format === 'bmp' ? makeBmp(photo) : sharp(photo).toFormat(format).toBuffer()
}

function distance(a: string, b: string): number {
  return (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length
}

function expectGood(probe: Probe): Extract<Probe, { ok: true }> {
  if (!probe.ok) throw new Error(`${probe.code}: ${probe.message}`)
  return probe
}

const RASTER_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff', 'bmp'] as const

describe('pictures', () => {
  test.each(RASTER_FORMATS)('reads %s by its content, whatever its name', async (format) => {
    const bytes = await encode(format)
    const probe = expectGood(await probeBytes(bytes, `named-${format}.jpg`))
    const stats = await stat(join(folder, `named-${format}.jpg`))
    expect(probe).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      mtimeMs: Math.trunc(stats.mtimeMs),
      width: 320,
      height: 240,
      format,
      orientation: 1,
      isAnimated: false,
    })
    expect(probe.perceptualHash).toMatch(/^[0-9a-f]{16}$/)
    const original = expectGood(await probeBytes(photo))
    expect(distance(probe.perceptualHash, original.perceptualHash)).toBeLessThanOrEqual(4)
  })

  test('reads an SVG with a comment and a document type before its root', async () => {
    const probe = await probeBytes(
      `\uFEFF<?xml version="1.0"?><!-- made by hand --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY fill "red">]>
      <svg ${SVG_NAMESPACE} width="120" height="80"><rect width="60" height="80" fill="&fill;"/></svg>`,
      'drawing.png',
    )
    expect(probe).toMatchObject({ ok: true, format: 'svg', width: 120, height: 80 })
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i', async (orientation) => {
    const jpeg = await sharp(await makeCornersPng())
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer()
    const isTurned = orientation >= 5
    expect(await probeBytes(jpeg)).toMatchObject({
      orientation,
      width: isTurned ? 40 : 60,
      height: isTurned ? 60 : 40,
    })
  })

  test.each(['gif', 'webp'] as const)('knows an animated %s by its frames', async (format) => {
    const probe = await probeBytes(await makeAnimation(format))
    expect(probe).toMatchObject({ ok: true, isAnimated: true, width: 60, height: 40, format })
  })

  test('knows an animated PNG by its announcement', async () => {
    const png = await makeCornersPng()
    const control = Buffer.concat([
      Buffer.from([0, 0, 0, 8]),
      Buffer.from('acTL'),
      Buffer.alloc(12),
    ])
    const headerEnd = 33
    const apng = Buffer.concat([png.subarray(0, headerEnd), control, png.subarray(headerEnd)])
    const { isAnimatedPng } = await import('./animated-png.ts')
    expect(isAnimatedPng(apng)).toBe(true)
    expect(isAnimatedPng(png)).toBe(false)
  })

  test('reads names with spaces, quotes, emoji and right-to-left text', async () => {
    const probe = await probeBytes(await encode('jpeg'), `a "b" 'c' 🐈 שלום.jpg`)
    expect(probe.ok).toBe(true)
  })
})

describe('the perceptual hash', () => {
  test('stays near after scaling and recompression, and far for another picture', async () => {
    const original = expectGood(await probeBytes(photo))
    const small = await sharp(photo).resize(100).jpeg({ quality: 40 }).toBuffer()
    const near = expectGood(await probeBytes(small))
    const mirrored = expectGood(await probeBytes(await sharp(photo).flop().png().toBuffer()))
    expect(distance(original.perceptualHash, near.perceptualHash)).toBeLessThanOrEqual(6)
    expect(distance(original.perceptualHash, mirrored.perceptualHash)).toBeGreaterThan(15)
  })

  test('is the same for a picture and its turned copy with an orientation', async () => {
    const upright = expectGood(await probeBytes(await sharp(photo).jpeg().toBuffer()))
    const turned = await sharp(photo).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer()
    const probe = expectGood(await probeBytes(turned))
    expect(distance(upright.perceptualHash, probe.perceptualHash)).toBeLessThanOrEqual(4)
  })
})

describe('files that are no usable picture', () => {
  test('an empty file', async () => {
    expect(await probeBytes('')).toMatchObject({
      ok: false,
      code: 'IMAGE_UNREADABLE',
      message: expect.stringContaining('The file is empty') as string,
      sizeBytes: 0,
    })
  })

  test.each(RASTER_FORMATS)('a %s that ends early', async (format) => {
    const bytes = await encode(format)
    const probe = await probeBytes(bytes.subarray(0, Math.floor(bytes.length / 2)))
    expect(probe).toMatchObject({
      ok: false,
      code: 'IMAGE_UNREADABLE',
      message: expect.stringMatching(/^The file ends early/) as string,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
  })

  test('an SVG that ends early', async () => {
    const probe = await probeBytes(`<svg ${SVG_NAMESPACE} width="10" height="10"><rect width="5"`)
    expect(probe).toMatchObject({
      ok: false,
      message: expect.stringMatching(/ends early/) as string,
    })
  })

  test('damage in the middle is told from an early end', async () => {
    const bytes = await encode('png')
    bytes.fill(0, 200, 400)
    const probe = await probeBytes(bytes)
    expect(probe).toMatchObject({ ok: false, message: expect.stringMatching(/damaged/) as string })
  })

  test.each([
    ['<!doctype html><title>404</title>', 'a web page (HTML)'],
    ['Not found.', 'plain text'],
    ['{"error":"gone"}', 'JSON text'],
    ['%PDF-1.7 ...', 'a PDF document'],
    ['version https://git-lfs.github.com/spec/v1', 'a Git LFS pointer'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'a HEIC image'],
    ['\0\0\0\x18ftypisom\0\0\0\0isommp42', 'a video (MP4 or QuickTime)'],
  ])('%j is called what it is', async (content, label) => {
    const probe = await probeBytes(content, 'picture.jpg')
    expect(probe).toMatchObject({
      ok: false,
      code: 'IMAGE_UNREADABLE',
      message: expect.stringContaining(label) as string,
    })
  })

  test('bytes of no known kind', async () => {
    const probe = await probeBytes(Buffer.from([0, 1, 2, 3, 250, 251]))
    expect(probe).toMatchObject({ ok: false, message: expect.stringMatching(/no kind/) as string })
  })

  test('a decompression bomb, by its pixels and before it is decoded', async () => {
    const png = await makeCornersPng()
    png.writeUInt32BE(30_000, 16)
    png.writeUInt32BE(20_000, 20)
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
    expect(await probeBytes(png)).toMatchObject({
      ok: false,
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringMatching(/600,000,000 pixels \(30000 x 20000\).*268,402,689/) as string,
    })
  })

  test('a decompression bomb within an archive, by the same look', async () => {
    const png = await makeCornersPng()
    png.writeUInt32BE(30_000, 16)
    png.writeUInt32BE(20_000, 20)
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
    const path = join(folder, 'bomb.tar')
    await writeFile(
      path,
      makeTar([
        ['0001.txt', 'a bomb'],
        ['0002.png', png],
      ]),
    )
    const part = { kind: 'bytes', offset: 1536, sizeBytes: png.length } as const
    expect(await probeImage({ path: toPictureAddress({ path, part }) })).toMatchObject({
      ...{ ok: false, code: 'IMAGE_TOO_LARGE', sizeBytes: png.length },
    })
  })

  test('a BMP that claims more pixels than the limit, or more than it has', async () => {
    const bmp = await makeBmp(photo)
    bmp.writeInt32LE(20_000, 18)
    expect(await probeBytes(bmp)).toMatchObject({
      message: expect.stringMatching(/ends early/) as string,
    })
    bmp.writeInt32LE(-20_000, 22)
    expect(await probeBytes(bmp)).toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  })

  test('a missing file, a folder and a file that may not be read, without their path', async () => {
    const missing = await probeImage({ path: join(folder, 'nowhere.jpg') })
    expect(missing).toMatchObject({ ok: false, code: 'IMAGE_FILE_MISSING', sizeBytes: null })
    await mkdir(join(folder, 'folder.jpg'))
    const directory = await probeImage({ path: join(folder, 'folder.jpg') })
    expect(directory).toMatchObject({
      message: expect.stringMatching(/this is a folder/) as string,
    })
    for (const probe of [missing, directory]) expect(JSON.stringify(probe)).not.toContain(folder)
  })

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    const path = join(folder, 'secret.jpg')
    await writeFile(path, photo)
    await chmod(path, 0)
    expect(await probeImage({ path })).toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringContaining('EACCES') as string,
      sizeBytes: photo.length,
    })
  })
})

describe('drawings cannot reach out', () => {
  const lime = '<rect width="100" height="100" fill="#00ff00"/>'
  const sized = `<svg ${SVG_NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xi="http://www.w3.org/2001/XInclude" width="100" height="100">`

  async function centreOf(svg: string): Promise<number[]> {
    const path = join(folder, 'drawing.svg')
    await writeFile(path, svg)
    const { openPicture } = await import('./picture.ts')
    const { readImageFile, statImageFile } = await import('./image-file.ts')
    const picture = openPicture(await readImageFile(path, await statImageFile(path)))
    const pixels = await picture.decode((pipeline) =>
      pipeline.resize(3, 3).ensureAlpha().raw().toBuffer(),
    )
    return [...pixels.subarray(16, 20)]
  }

  test('to an image beside it, by any spelling', async () => {
    const red = { create: { width: 9, height: 9, channels: 3, background: '#ff0000' } } as const
    await sharp(red).png().toFile(join(folder, 'red.png'))
    const places = [
      `file://${folder}/red.png`,
      'red.png',
      `${folder}/red.png`,
      'http://127.0.0.1:9/red.png',
    ]
    for (const place of places) {
      for (const attribute of ['href', 'xlink:href']) {
        const image = `<image ${attribute}="${place}" width="100" height="100"/>`
        expect(await centreOf(`${sized}${lime}${image}</svg>`)).toEqual([0, 255, 0, 255])
      }
    }
    // The same picture inside the drawing is shown, so the check above is no empty one.
    const inline = (await sharp(red).png().toBuffer()).toString('base64')
    const image = `<image href="data:image/png;base64,${inline}" width="100" height="100"/>`
    expect(await centreOf(`${sized}${lime}${image}</svg>`)).toEqual([255, 0, 0, 255])
  })

  test('to a style sheet or an included text', async () => {
    await writeFile(join(folder, 'red.css'), 'rect { fill: #ff0000 }')
    await writeFile(join(folder, 'red.txt'), 'rect { fill: #ff0000 }')
    const style = `<style>@import url("file://${folder}/red.css");</style>`
    expect(await centreOf(`${sized}${style}${lime}</svg>`)).toEqual([0, 255, 0, 255])
    const include = `<style><xi:include parse="text" href="file://${folder}/red.txt"/></style>`
    expect(await centreOf(`${sized}${include}${lime}</svg>`)).toEqual([0, 255, 0, 255])
  })

  test('through an external entity', async () => {
    await writeFile(join(folder, 'colour.txt'), '#ff0000')
    const svg = `<!DOCTYPE svg [<!ENTITY c SYSTEM "file://${folder}/colour.txt">]>${sized}${lime}<style>rect { fill: &c; }</style></svg>`
    expect(await probeBytes(svg)).toMatchObject({ ok: false, code: 'IMAGE_UNREADABLE' })
  })

  test('nor swell by entities', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
    )
    const svg = `<!DOCTYPE svg [<!ENTITY e0 "ha">${levels.join('')}]>${sized}<text>&e9;</text></svg>`
    expect(await probeBytes(svg)).toMatchObject({ ok: false, code: 'IMAGE_UNREADABLE' })
  })

  test('nor by their size, which is only a ratio', async () => {
    const svg = `<svg ${SVG_NAMESPACE} width="800000" height="400000">${lime}</svg>`
    expect(await probeBytes(svg)).toMatchObject({ ok: true, width: 800_000, height: 400_000 })
  })
})
