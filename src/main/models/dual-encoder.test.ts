import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DualEncoderPack } from '../../shared/domain/pack.ts'
import { silentLog } from '../base/log.ts'
import { DeviceChoice } from './device.ts'
import { writeHubManifest } from './hub-folder.ts'
import { inspectOnnxGraph, openOnnxGraph } from './onnx-graph.ts'
import { preparePicture, readPixels } from './pictures.ts'
import { SessionPool } from './session-pool.ts'
import { createImageVectorTask, type ImageVectors } from './tasks/dual-encoder-image.ts'
import { embedTexts, packTokenizer } from './tasks/dual-encoder-text.ts'
import type { PackRuntime, PictureTask, PreparedPicture } from './tasks/task.ts'
import { loadEncoder } from './tokenizer.ts'

const FIXTURES = join(import.meta.dirname, '../../../test/fixtures/models')
const PHOTOS = join(import.meta.dirname, '../../../../shared/data/photos/images')
/** The agreement that the project asks of vectors of unit length. */
const TOLERANCE = 1e-3

interface Reference {
  readonly texts: readonly { text: string; ids: readonly number[]; vector: readonly number[] }[]
  readonly pictures: readonly { name: string; vector: readonly number[] }[]
  readonly photos: readonly { name: string; vector: readonly number[] }[]
}

function furthest(ours: Float32Array, theirs: readonly number[]): number {
  expect(ours).toHaveLength(theirs.length)
  return Math.max(...theirs.map((value, index) => Math.abs(value - (ours[index] ?? NaN))))
}

describe.each(['tiny-clip', 'tiny-siglip'])('%s, against PyTorch and transformers', (name) => {
  const reference = JSON.parse(
    readFileSync(join(FIXTURES, name, 'reference.json'), 'utf8'),
  ) as Reference
  let folder: string
  let pool: SessionPool
  let runtime: PackRuntime<DualEncoderPack>

  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'realign-encoder-')), name)
    await cp(join(FIXTURES, name), folder, { recursive: true })
    const manifest = await writeHubManifest(folder, {
      facts: {
        id: name,
        name,
        licence: { id: 'MIT' },
        source: { url: '' },
        scopeNote: '',
      },
      inspect: inspectOnnxGraph,
      loadEncoder,
    })
    pool = new SessionPool({
      open: openOnnxGraph,
      devices: new DeviceChoice(['cpu'], 'cpu'),
      log: silentLog,
      budgetBytes: 1e9,
      idleMs: 60_000,
    })
    runtime = (await pool.runtime({
      folder,
      id: manifest.id,
      revision: manifest.revision,
    })) as PackRuntime<DualEncoderPack>
  })
  afterAll(async () => {
    await pool.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('has the same tokens', async () => {
    const tokenizer = await packTokenizer(runtime)
    const { window, padId } = runtime.manifest.text
    for (const { text, ids } of reference.texts) {
      const ours = tokenizer.encode(text).ids
      const filled = [...ours, ...Array.from({ length: window - ours.length }, () => padId)]
      expect(filled, text).toEqual(ids)
    }
  })

  test('has the same text vectors, together and one by one', async () => {
    const texts = reference.texts.map(({ text }) => text)
    const together = await embedTexts(runtime, texts, 'caption')
    for (const [index, { text, vector }] of reference.texts.entries()) {
      const [alone] = await embedTexts(runtime, [text], 'caption')
      expect(furthest(together[index]?.vector ?? new Float32Array(), vector), text).toBeLessThan(
        TOLERANCE,
      )
      expect(furthest(alone?.vector ?? new Float32Array(), vector), text).toBeLessThan(TOLERANCE)
    }
    expect(together.at(-1)?.isCut).toBe(true)
    expect(together[0]?.isCut).toBe(false)
  })

  async function prepare(
    path: string,
    task: PictureTask<DualEncoderPack, ImageVectors>,
  ): Promise<PreparedPicture> {
    const request = { path, hash: null }
    const prepared = await preparePicture({ ...request, views: task.views(runtime.manifest) })
    return { ...prepared, pixels: () => readPixels(request) }
  }

  async function compare(files: readonly { path: string; vector: readonly number[] }[]) {
    const task = createImageVectorTask({ tiles: false, patches: false })
    const prepared = await Promise.all(files.map(({ path }) => prepare(path, task)))
    const results = await task.run(runtime, prepared)
    return results.map(({ vector }, index) => furthest(vector, files[index]?.vector ?? []))
  }

  test('has the same vectors of our own pictures', async () => {
    const far = await compare(
      reference.pictures.map(({ name: file, vector }) => ({
        path: join(FIXTURES, 'pictures', file),
        vector,
      })),
    )
    expect(Math.max(...far), `differences ${far.join(', ')}`).toBeLessThan(TOLERANCE)
  })

  test.skipIf(!existsSync(PHOTOS))('has the same vectors of real photos', async () => {
    const far = await compare(
      reference.photos.map(({ name: file, vector }) => ({ path: join(PHOTOS, file), vector })),
    )
    expect(Math.max(...far), `differences ${far.join(', ')}`).toBeLessThan(TOLERANCE)
  })

  test('has no tile that is the whole picture', async () => {
    const task = createImageVectorTask({ tiles: true, patches: false })
    const picture = await prepare(join(FIXTURES, 'pictures', 'shapes.jpg'), task)
    const [result] = await task.run(runtime, [picture])
    expect(result?.tiles).toHaveLength(9)
    for (const tile of result?.tiles ?? []) {
      expect(furthest(tile.vector, [...(result?.vector ?? [])])).toBeGreaterThan(0.01)
    }
  })

  test('refuses patches that the graph does not have', async () => {
    const task = createImageVectorTask({ tiles: false, patches: true })
    await expect(task.run(runtime, [])).rejects.toMatchObject({ code: 'PACK_GRAPH_INVALID' })
  })

  test('says what is wrong with a damaged tokenizer', async () => {
    const broken = join(folder, 'preprocessor_config.json')
    expect((await readFile(broken)).length).toBeGreaterThan(0)
    await expect(loadEncoder({ tokenizer: broken, config: null })).rejects.toMatchObject({
      code: 'PACK_TOKENIZER_INVALID',
    })
  })
})
