import { cp, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { BRIDGES } from '../support/bridges.ts'
import { openTestCore, importSource, waitForJob, type TestCore } from '../support/test-core.ts'
import { writePicture } from '../support/source-folder.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures/models')
const VECTORS = 'project/cache/vectors'
const COLOURS = ['red', 'lime', 'blue', 'white', 'black', 'orange', 'purple', 'gray']

async function install(core: TestCore, name: string) {
  const { jobId } = await core.client.models.install({ from: 'folder', path: join(FIXTURES, name) })
  return waitForJob(core.client, jobId)
}

async function embed(core: TestCore) {
  const { jobId } = await core.client.models.embed({})
  return waitForJob(core.client, jobId)
}

async function addPictures(core: TestCore): Promise<void> {
  const source = join(core.folder, 'source')
  await mkdir(source)
  for (const colour of COLOURS) await writePicture(join(source, `${colour}.png`), colour)
  await cp(join(FIXTURES, 'pictures', 'shapes.jpg'), join(source, 'shapes.jpg'))
  await cp(join(FIXTURES, 'pictures', 'lines.png'), join(source, 'lines.png'))
  await writeFile(join(source, 'broken.jpg'), 'no picture')
  await importSource(core.client, { path: source })
}

describe.each(BRIDGES)('models through %s', (bridge) => {
  let core: TestCore

  beforeAll(async () => {
    core = await openTestCore(bridge)
    await addPictures(core)
  })
  afterAll(() => core.close())

  it('start without any process, and say what to do when no encoder is installed', async () => {
    expect(await core.client.models.status()).toMatchObject({ isRunning: false, loaded: [] })
    const { catalogue } = await core.client.models.list()
    expect(catalogue.map((entry) => entry.id)).toContain('clip-vit-base-patch32')
    // The starter knows the sample's pictures only, and this project has others.
    expect(await core.client.models.embedStatus({})).toEqual({
      ...{ pack: null, covered: 0, total: 10, sizeBytes: 0 },
    })
    const failure = core.client.models.search({ pack: 'nothing', text: 'a dog' })
    await expect(failure).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' })
  })

  it('install from a folder as model hubs have it, embed and find', async () => {
    const job = await install(core, 'tiny-clip')
    expect(job).toMatchObject({ state: 'done', result: { id: 'tiny-clip' } })
    const { packs } = await core.client.models.list()
    const pack = packs.find((candidate) => candidate.id === 'tiny-clip')
    expect(pack).toMatchObject({ task: 'dual-encoder', isBundled: false, precision: 'float32' })
    await core.client.models.choose({ task: 'dual-encoder', id: 'tiny-clip' })
    await core.client.models.verify({ id: 'tiny-clip', revision: pack?.revision ?? '' })

    expect(await embed(core)).toMatchObject({ state: 'done', done: 10, failed: 0 })
    expect(await core.client.models.embedStatus({})).toMatchObject({ covered: 10, total: 10 })

    const all = await core.client.models.search({ text: 'a red bus', top: 50 })
    expect(all.rows.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(all.rows.map((row) => row.score)).toEqual(
      all.rows.map((row) => row.score).sort((left, right) => right - left),
    )
    expect(all.notes).toEqual([])
    const last = all.rows.at(-1)
    const like = await core.client.models.search({ like: [last?.imageId as ImageId], top: 3 })
    expect(like.rows.map((row) => row.imageId)).not.toContain(last?.imageId)
    const filtered = await core.client.models.search({ text: 'a red bus', where: 'name~lines' })
    expect(filtered.rows.map((row) => row.name)).toEqual(['lines.png'])
    const without = await core.client.models.search({
      text: 'a red bus',
      minus: ['a dog'],
      top: 10,
    })
    expect(without.rows.map((row) => row.score)).not.toEqual(all.rows.map((row) => row.score))
    expect((await core.client.models.status()).isRunning).toBe(true)
  })

  it('skip what is done, and mend a file that was cut short', async () => {
    expect(await embed(core)).toMatchObject({ state: 'done', done: 0, skipped: 10 })
    const { pack } = await core.client.models.embedStatus({})
    const path = join(core.folder, VECTORS, 'tiny-clip', pack?.revision ?? '', 'images.vec')
    await truncate(path, (await stat(path)).size - 5)
    const cut = await core.client.models.search({ text: 'a red bus' })
    expect(cut.notes.join(' ')).toMatch(/cut short/)
    const mended = await embed(core)
    expect(mended).toMatchObject({ state: 'done', done: 10, failed: 1 })
    const errors = await core.client.jobs.errors({ jobId: mended.id })
    expect(errors).toMatchObject([{ code: 'VECTORS_CUT' }])
    expect((await core.client.models.search({ text: 'a red bus' })).notes).toEqual([])
  })

  it('go on after the job was paused, cancelled and resumed', async () => {
    await rm(join(core.folder, VECTORS, 'tiny-clip'), { recursive: true })
    const { jobId } = await core.client.models.embed({})
    await core.client.jobs.pauseLane({ lane: 'gpu', paused: true })
    const waiting = await core.client.jobs.get({ jobId })
    if (waiting.state === 'queued') await core.client.jobs.cancel({ jobId })
    await core.client.jobs.pauseLane({ lane: 'gpu', paused: false })
    if (waiting.state === 'queued') await core.client.jobs.resume({ jobId })
    expect(await waitForJob(core.client, jobId)).toMatchObject({ state: 'done', error: null })
    expect(await core.client.models.embedStatus({})).toMatchObject({ covered: 10, total: 10 })
  })

  it('keep vectors of different packs apart', async () => {
    await install(core, 'tiny-siglip')
    const other = await core.client.models.embedStatus({ pack: 'tiny-siglip' })
    expect(other).toMatchObject({ covered: 0, total: 10 })
    const found = await core.client.models.search({ pack: 'tiny-siglip', text: 'a red bus' })
    expect(found.rows).toEqual([])
    expect(found.notes.join(' ')).toMatch(/10 of 10 images have no vector/)
  })

  it('name what is wrong with a folder, a pack and a search', async () => {
    const path = join(core.folder, 'source')
    const { jobId } = await core.client.models.install({ from: 'folder', path })
    expect(await waitForJob(core.client, jobId)).toMatchObject({
      state: 'failed',
      error: { code: 'PACK_UNRECOGNISED' },
    })
    const spoiled = join(core.folder, 'spoiled')
    await cp(join(FIXTURES, 'tiny-clip'), spoiled, { recursive: true })
    await truncate(join(spoiled, 'onnx/text_model.onnx'), 10_000)
    const cut = await core.client.models.install({ from: 'folder', path: spoiled })
    expect(await waitForJob(core.client, cut.jobId)).toMatchObject({
      error: { code: 'PACK_GRAPH_INVALID' },
    })
    await expect(core.client.models.search({ text: ' ' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    await expect(core.client.models.install({ from: 'catalogue', id: 'x' })).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
    })
  })

  it('remove a pack, and stop using it at once', async () => {
    const { packs } = await core.client.models.list()
    const pack = packs.find((candidate) => candidate.id === 'tiny-siglip')
    await core.client.models.remove({ id: 'tiny-siglip', revision: pack?.revision ?? '' })
    await expect(
      core.client.models.search({ pack: 'tiny-siglip', text: 'a dog' }),
    ).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' })
  })
})

describe('a pack that is damaged on the disk', () => {
  it('is listed with its reason and can be removed', async () => {
    const core = await openTestCore('direct')
    try {
      await install(core, 'tiny-clip')
      const { packs } = await core.client.models.list()
      const pack = packs.find((candidate) => candidate.id === 'tiny-clip')
      const ref = { id: 'tiny-clip', revision: pack?.revision ?? '' }
      const file = join(core.folder, 'data/models', ref.id, ref.revision, 'tokenizer.json')
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace('a', 'b'))
      await expect(core.client.models.verify(ref)).rejects.toMatchObject({ code: 'PACK_CORRUPT' })
      await rm(file)
      expect((await core.client.models.list()).broken).toMatchObject([
        { id: 'tiny-clip', problem: { code: 'PACK_FILE_MISSING' } },
      ])
      await core.client.models.remove(ref)
      expect((await core.client.models.list()).broken).toEqual([])
    } finally {
      await core.close()
    }
  })
})
