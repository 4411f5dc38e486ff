import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPackStore, type PackStore } from './store.ts'

let root: string
let store: PackStore

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'realign-packs-'))
  store = createPackStore({
    modelsFolder: join(root, 'models'),
    bundledFolder: join(root, 'bundled'),
  })
})
afterEach(() => rm(root, { recursive: true, force: true }))

const FILES = {
  'model.onnx': { role: 'graph', bytes: 'not really a model' },
  'more/labels.txt': { role: 'labels', bytes: 'cat\ndog\n' },
} as const

async function writePack(folder: string, change: object = {}): Promise<string> {
  await mkdir(join(folder, 'more'), { recursive: true })
  for (const [path, { bytes }] of Object.entries(FILES)) await writeFile(join(folder, path), bytes)
  const manifest = {
    format: 'realign-pack',
    version: 1,
    id: 'cats',
    revision: '1',
    name: 'Cats',
    task: 'detector',
    licence: { id: 'MIT' },
    source: { url: '' },
    scope: { images: 'any', note: '' },
    precision: 'float32',
    files: Object.entries(FILES).map(([path, { role, bytes }]) => ({
      role,
      path,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    image: {
      widthPx: 8,
      heightPx: 8,
      resize: { policy: 'squash', kernel: 'linear' },
      channels: 'rgb',
      scale: 1,
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    },
    graph: { inputs: { pixels: 'x' }, outputs: { kind: 'yolox', predictions: 'y', strides: [8] } },
    scoreThreshold: 0.3,
    overlapThreshold: 0.5,
    ...change,
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest))
  return folder
}

describe('the pack store', () => {
  test('is empty where nothing was ever installed', async () => {
    expect(await store.list()).toEqual({ packs: [], broken: [] })
    await expect(store.get({ id: 'cats' })).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' })
  })

  test('installs, lists, verifies and removes', async () => {
    const source = await writePack(join(root, 'source'))
    const installed = await store.installFolder(source)
    expect(installed.folder).toBe(join(root, 'models', 'cats', '1'))
    expect((await store.list()).packs).toMatchObject([
      { manifest: { id: 'cats', revision: '1' }, isBundled: false, sizeBytes: 26 },
    ])
    await store.verify({ id: 'cats', revision: '1' })
    await store.remove({ id: 'cats', revision: '1' })
    expect(await store.list()).toEqual({ packs: [], broken: [] })
    expect(await readdir(join(root, 'models', '.incoming'))).toEqual([])
  })

  test('has another mark once a pack came, was mended or went, and only then', async () => {
    const marks = [await store.mark()]
    const source = await writePack(join(root, 'source'))
    expect(await store.mark()).toBe(marks[0])
    const { folder } = await store.installFolder(source)
    marks.push(await store.mark())
    expect(await store.mark()).toBe(marks[1])
    await truncate(join(folder, 'model.onnx'), 3)
    await store.installFolder(source)
    marks.push(await store.mark())
    await store.installFolder(await writePack(join(root, 'newer'), { revision: '2' }))
    marks.push(await store.mark())
    expect(new Set(marks).size).toBe(4)
    await store.remove({ id: 'cats', revision: '1' })
    await store.remove({ id: 'cats', revision: '2' })
    expect(await store.mark()).toBe(marks[0])
  })

  test('prefers an installed revision to the bundled one, and keeps the bundled one', async () => {
    await writePack(join(root, 'bundled', 'cats'))
    await store.installFolder(await writePack(join(root, 'source'), { revision: '2' }))
    expect((await store.get({ id: 'cats' })).manifest.revision).toBe('2')
    expect((await store.get({ id: 'cats', revision: '1' })).isBundled).toBe(true)
    await expect(store.remove({ id: 'cats', revision: '1' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('finds other bytes of the same size only when it reads them', async () => {
    const { folder } = await store.installFolder(await writePack(join(root, 'source')))
    await writeFile(join(folder, 'more', 'labels.txt'), 'cat\ndoc\n')
    expect((await store.list()).packs).toHaveLength(1)
    await expect(store.verify({ id: 'cats', revision: '1' })).rejects.toMatchObject({
      code: 'PACK_CORRUPT',
      data: { file: 'more/labels.txt' },
    })
  })

  test('says which file is cut or gone, and installs over it', async () => {
    const source = await writePack(join(root, 'source'))
    const { folder } = await store.installFolder(source)
    await truncate(join(folder, 'model.onnx'), 3)
    expect((await store.list()).broken[0]?.error).toMatchObject({
      code: 'PACK_CORRUPT',
      data: { file: 'model.onnx' },
    })
    await rm(join(folder, 'model.onnx'))
    await expect(store.get({ id: 'cats' })).rejects.toMatchObject({ code: 'PACK_FILE_MISSING' })
    await store.installFolder(source)
    await store.verify({ id: 'cats', revision: '1' })
  })

  test('takes nothing of a damaged source', async () => {
    const source = await writePack(join(root, 'source'))
    await writeFile(join(source, 'model.onnx'), 'not quite the model')
    await expect(store.installFolder(source)).rejects.toMatchObject({ code: 'PACK_CORRUPT' })
    await writeFile(join(source, 'model.onnx'), 'not truly the mode')
    await expect(store.installFolder(source)).rejects.toMatchObject({ code: 'PACK_CORRUPT' })
    expect(await store.list()).toEqual({ packs: [], broken: [] })
    expect(await readdir(join(root, 'models', '.incoming'))).toEqual([])
  })

  test('says that a folder is no pack, and that one lies under a wrong name', async () => {
    await expect(store.installFolder(root)).rejects.toMatchObject({ code: 'PACK_FILE_MISSING' })
    await writePack(join(root, 'models', 'dogs', '1'))
    expect((await store.list()).broken[0]?.error.message).toMatch(/another pack/)
    await store.remove({ id: 'dogs', revision: '1' })
    expect((await store.list()).broken).toEqual([])
  })
})
