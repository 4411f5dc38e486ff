import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { BRIDGES } from '../support/bridges.ts'
import { writePicture } from '../support/source-folder.ts'
import { writeTinyDetector } from '../support/tiny-detector.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

async function writeSign(path: string, lines: readonly string[]): Promise<void> {
  const rows = lines.map(
    (line, index) => `<text x="200" y="${90 + index * 80}" text-anchor="middle">${line}</text>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="240" font-size="48" font-family="DejaVu Sans, sans-serif"><rect width="100%" height="100%" fill="#fff3c0"/>${rows.join('')}</svg>`
  await writeFile(path, await sharp(Buffer.from(svg)).jpeg().toBuffer())
}

describe.each(BRIDGES)('findings through %s', (bridge) => {
  let core: TestCore

  beforeAll(async () => {
    core = await openTestCore(bridge)
    const source = join(core.folder, 'source')
    await mkdir(source)
    await writeSign(join(source, 'sign.jpg'), ['SUMMER', 'SALE'])
    await writeSign(join(source, 'door.jpg'), ['CLOSED'])
    await writePicture(join(source, 'plain.png'), 'teal', { width: 320, height: 240 })
    await writeFile(join(source, 'broken.jpg'), 'no picture')
    await importSource(core.client, { path: source })
  })
  afterAll(() => core.close())

  async function find(wish: Parameters<TestCore['client']['findings']['find']>[0]) {
    const { jobId } = await core.client.findings.find(wish)
    return waitForJob(core.client, jobId)
  }

  async function imagesOf(query: string): Promise<readonly { id: ImageId; name: string }[]> {
    const { rows } = await core.client.library.page({
      ...{ query, sort: { key: 'name', descending: false }, position: 0, limit: 50 },
    })
    return rows
  }

  it('say what is missing or wrong before a job starts', async () => {
    const { find: start } = core.client.findings
    await expect(start({ task: 'detect' })).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' })
    await expect(start({ task: 'detect', pack: 'pp-ocr-v4' })).rejects.toMatchObject({
      code: 'PACK_INVALID',
    })
    await expect(start({ task: 'ocr', where: 'nofield:1' })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    })
  })

  it('read what is written, first in some images and then in the rest', async () => {
    const first = await find({ task: 'ocr', where: 'name:door' })
    expect(first).toMatchObject({ state: 'done', done: 1, failed: 0, result: { pictures: 1 } })
    expect(await imagesOf('ocr:sale')).toEqual([])

    const rest = await find({ task: 'ocr' })
    expect(rest).toMatchObject({ state: 'done', done: 2, skipped: 2, failed: 0 })
    const [sign, ...others] = await imagesOf('ocr:"summer sale"')
    expect(sign?.name).toBe('sign.jpg')
    expect(others).toEqual([])

    const found = await core.client.findings.get({ imageId: sign?.id as ImageId })
    expect(found.detect).toBeNull()
    expect(found.ocr?.pack.id).toBe('pp-ocr-v4')
    expect(found.ocr?.lines.map((line) => line.text)[0]).toBe('SUMMER')
    const [corner] = found.ocr?.lines[0]?.quad ?? []
    expect(corner?.x).toBeGreaterThan(0.15)
    expect(corner?.x).toBeLessThan(0.3)
    expect(corner?.y).toBeLessThan(0.3)
  })

  it('find things with a detector, count them in queries, and complete their names', async () => {
    const { client } = core
    await writeTinyDetector(join(core.folder, 'tiny-detector'))
    const path = join(core.folder, 'tiny-detector')
    const install = await client.models.install({ from: 'folder', path })
    expect(await waitForJob(client, install.jobId)).toMatchObject({ state: 'done', error: null })
    // Offered before anything was found, because the detector knows it.
    expect(await client.findings.words({ task: 'detect', prefix: 'c', limit: 5 })).toEqual(['cat'])

    const job = await find({ task: 'detect', where: '-name:door' })
    expect(job).toMatchObject({ state: 'done', done: 2, failed: 0, result: { found: 2 } })
    expect((await imagesOf('det:dog=1')).map(({ name }) => name)).toEqual(['plain.png', 'sign.jpg'])
    expect(await imagesOf('det:cat')).toEqual([])
    const [sign] = await imagesOf('name:sign')
    const imageId = sign?.id as ImageId
    const { detect } = await client.findings.get({ imageId })
    expect(detect).toMatchObject({ pack: { id: 'tiny-detector' }, boxes: [{ label: 'dog' }] })
    expect(detect?.boxes[0]?.region).toEqual({ x: 0, y: 0, width: 0.5, height: 0.5 })

    const pack = { id: 'tiny-detector', revision: '1' }
    expect(await client.models.tryOn({ ...pack, imageId })).toMatchObject({
      ...{ phrases: [], found: [{ text: 'dog' }] },
    })
    await client.models.remove(pack)
  })

  it('tell nothing found from not looked at', async () => {
    const [plain] = await imagesOf('name:plain')
    expect(await core.client.findings.get({ imageId: plain?.id as ImageId })).toMatchObject({
      ocr: { lines: [] },
    })
    const [broken] = await imagesOf('name:broken')
    expect(await core.client.findings.get({ imageId: broken?.id as ImageId })).toEqual({
      detect: null,
      ocr: null,
    })
  })
})
