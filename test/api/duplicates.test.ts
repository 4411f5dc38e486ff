import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BRIDGES } from '../support/bridges.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const PICTURE = join(import.meta.dirname, '../../resources/sample/images/scene-00001.jpg')
const TINY_CLIP = join(import.meta.dirname, '../fixtures/models/tiny-clip')

/** Copies as the web makes them of one picture, and what is no copy of it: its mirror image, and plain colours. */
async function writeCopies(from: string, folder: string): Promise<void> {
  await mkdir(folder)
  const picture = sharp(from)
  const { width, height } = await picture.metadata()
  const made = {
    'original.webp': sharp(from).webp({ quality: 95 }),
    'small.png': sharp(from)
      .resize(Math.round(width / 3))
      .png(),
    'poor.jpg': sharp(from).jpeg({ quality: 25 }),
    'cropped.jpg': sharp(from)
      .extract({
        left: Math.round(width * 0.01),
        top: Math.round(height * 0.01),
        width: Math.round(width * 0.98),
        height: Math.round(height * 0.98),
      })
      .jpeg(),
    'mirrored.png': sharp(from).flop().png(),
  }
  const rows = await Promise.all(
    Object.entries(made).map(async ([name, pipeline]) => {
      await writeFile(join(folder, name), await pipeline.toBuffer())
      return { image: name, alt: `${name} as somebody called it` }
    }),
  )
  for (const colour of ['red', 'blue', 'lime']) {
    const plain = sharp({ create: { width: 80, height: 60, channels: 3, background: colour } })
    await writeFile(join(folder, `${colour}.png`), await plain.png().toBuffer())
    rows.push({ image: `${colour}.png`, alt: colour })
  }
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  await writeFile(join(folder, 'texts.jsonl'), lines)
}

describe.each(BRIDGES)('duplicates through %s', (bridge) => {
  let core: TestCore

  beforeAll(async () => {
    core = await openTestCore(bridge)
    const { client } = core
    const source = join(core.folder, 'source')
    await writeCopies(PICTURE, source)
    await importSource(client, { path: join(source, 'texts.jsonl') })
  })
  afterAll(() => core.close())

  async function namesOf(query: string): Promise<readonly string[]> {
    const { rows } = await core.client.library.page({
      ...{ query, sort: { key: 'name', descending: false }, position: 0, limit: 50 },
    })
    return rows.map(({ name }) => name)
  }

  it('are found by their perceptual hash, without a model', async () => {
    expect(await core.client.duplicates.status()).toEqual({ run: null })
    const { jobId } = await core.client.duplicates.find({ hashDistance: 10 })
    expect(await waitForJob(core.client, jobId)).toMatchObject({
      ...{ state: 'done', failed: 0, result: { groups: 1, images: 4, vectors: 0 } },
    })
    expect((await core.client.duplicates.status()).run).toMatchObject({
      ...{ hashDistance: 10, cosine: null, imageCount: 8 },
    })
    const copies = ['cropped.jpg', 'original.webp', 'poor.jpg', 'small.png']
    expect(await namesOf('dup:near')).toEqual(copies)
    expect((await core.client.models.status()).isRunning).toBe(false)
  })

  it('say which to keep; the rest is discarded, and taken back, as one', async () => {
    const { groups } = await core.client.duplicates.page({ position: 0, limit: 10 })
    const [group] = groups
    const best = group?.members.find(({ id }) => id === group.bestId)
    expect(best).toMatchObject({ isLargest: true })
    expect(best?.name).not.toBe('small.png')
    const small = group?.members.find(({ name }) => name === 'small.png')
    expect(small).toMatchObject({ isLargest: false, altCount: 1 })
    const others = group?.members.flatMap(({ id }) => (id === group.bestId ? [] : [id])) ?? []

    const toId = group?.bestId ?? others[0]
    if (toId === undefined) throw new Error('a group was expected')
    expect(await core.client.duplicates.mergeTexts({ toId, fromIds: others })).toEqual({ added: 3 })
    const { altTexts } = await core.client.align.get({ imageId: toId })
    expect(altTexts.map(({ text }) => text).toSorted()).toEqual(
      ['cropped.jpg', 'original.webp', 'poor.jpg', 'small.png'].map(
        (name) => `${name} as somebody called it`,
      ),
    )
    const { changed } = await core.client.library.setStatus({
      ...{ selection: { kind: 'ids', ids: others }, status: 'discarded' },
    })
    expect(changed).toBe(3)
    expect(await core.client.duplicates.page({ position: 0, limit: 10 })).toMatchObject({
      total: 0,
    })
    await core.client.align.undo({ imageId: null })
    expect(await core.client.duplicates.page({ position: 0, limit: 10 })).toMatchObject({
      total: 1,
    })
  })

  // Bridges differ in how requests travel, and a model takes its time.
  it.runIf(bridge === 'direct')(
    'are found by vectors where a model has looked at the images',
    async () => {
      const { client } = core
      const install = await client.models.install({ from: 'folder', path: TINY_CLIP })
      await waitForJob(client, install.jobId)
      await waitForJob(client, (await client.models.embed({ pack: 'tiny-clip' })).jobId)
      const wish = { hashDistance: 0, cosine: 0.999, pack: 'tiny-clip' }
      const ended = await waitForJob(client, (await client.duplicates.find(wish)).jobId)
      expect(ended).toMatchObject({ state: 'done', result: { vectors: 8 } })
      expect((await client.duplicates.status()).run).toMatchObject({
        ...{ cosine: 0.999, pack: { id: 'tiny-clip' }, vectorCount: 8 },
      })
      const names = await namesOf('dup:near')
      expect(names).toContain('original.webp')
      expect(names).toContain('poor.jpg')
      await expect(client.duplicates.find({ pack: 'nobody' })).rejects.toMatchObject({
        code: 'PACK_NOT_FOUND',
      })
    },
  )
})
