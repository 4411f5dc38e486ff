import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createInThreadSpawn } from '../../../test/support/in-thread-spawn.ts'
import { workerEntry } from '../base/app-paths.ts'
import { openChild } from '../base/channel-hosts.ts'
import type { Channel, Spawn } from '../base/channel.ts'
import { silentLog } from '../base/log.ts'
import { createInferenceClient, type InferenceClient } from './client.ts'
import { writeHubManifest } from './hub-folder.ts'
import { inspectOnnxGraph } from './onnx-graph.ts'
import { preparePicture, readPixels } from './pictures.ts'
import { serveInference } from './serve.ts'
import type { PackPlace } from './session-pool.ts'
import { loadEncoder } from './tokenizer.ts'

const FIXTURES = join(import.meta.dirname, '../../../test/fixtures/models')
const PICTURE = join(FIXTURES, 'pictures', 'shapes.jpg')
const TIMING = {
  firstDelayMs: 1,
  maxDelayMs: 5,
  maxFailedStarts: 3,
  pauseMs: 10,
  startLimitMs: 20_000,
}

let root: string
let pack: PackPlace
let client: InferenceClient

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'realign-inference-'))
  const folder = join(root, 'tiny-clip')
  await cp(join(FIXTURES, 'tiny-clip'), folder, { recursive: true })
  const facts = {
    id: 'tiny',
    name: 'Tiny',
    licence: { id: 'MIT' },
    source: { url: '' },
    scopeNote: '',
  }
  const manifest = await writeHubManifest(folder, { facts, inspect: inspectOnnxGraph, loadEncoder })
  pack = { folder, id: manifest.id, revision: manifest.revision }
})
afterAll(() => rm(root, { recursive: true, force: true }))
afterEach(() => client.close())

const settings = { device: 'cpu', budgetBytes: 1e9, idleMs: 60_000 } as const
const inThread = createInThreadSpawn({
  inference: (channel) => {
    const reader = { prepare: preparePicture, pixels: readPixels, close() {} }
    serveInference(channel, { settings, reader, log: silentLog })
  },
})

function start(spawn: Spawn): InferenceClient {
  client = createInferenceClient({ spawn, log: silentLog, timing: TIMING })
  return client
}

const call = (path = PICTURE) =>
  ({ pack, task: 'vector', path, hash: null, urgency: 'background' }) as const

describe('the inference process', () => {
  test('is not started by asking how it is', async () => {
    let starts = 0
    const asked = start((name, data) => {
      starts += 1
      return inThread(name, data)
    })
    expect(await asked.status()).toBeNull()
    expect(starts).toBe(0)
    await asked.texts({ pack, texts: ['a dog'], kind: 'caption', urgency: 'interactive' })
    expect(starts).toBe(1)
    expect((await asked.status())?.loaded.map((graph) => graph.role)).toEqual(['text-graph'])
  })

  test('gives each of many pictures its own vector, however they are batched', async () => {
    const asked = start(inThread)
    const other = join(FIXTURES, 'pictures', 'lines.png')
    const paths = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? other : PICTURE))
    const results = await Promise.all(paths.map((path) => asked.picture(call(path))))
    const [first, second] = results
    expect(first?.vector).not.toEqual(second?.vector)
    for (const [index, { vector }] of results.entries()) {
      const expected = index % 3 === 0 ? first : second
      for (const [at, value] of (expected?.vector ?? new Float32Array()).entries()) {
        expect(vector[at]).toBeCloseTo(value, 5)
      }
    }
    expect((await asked.status())?.rates).toMatchObject([{ pack: 'tiny', task: 'vector' }])
  })

  test('tells what is wrong with one picture and goes on with the others', async () => {
    const asked = start(inThread)
    const broken = join(root, 'broken.jpg')
    await writeFile(broken, 'no picture at all')
    const results = await Promise.allSettled([
      asked.picture(call()),
      asked.picture(call(broken)),
      asked.picture(call(join(root, 'gone.jpg'))),
      asked.picture({ ...call(), hash: '0'.repeat(64) }),
      asked.picture(call()),
    ])
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    expect(results.slice(1, 4)).toMatchObject([
      { reason: { code: 'IMAGE_UNREADABLE' } },
      { reason: { code: 'IMAGE_FILE_MISSING' } },
      { reason: { code: 'IMAGE_UNREADABLE', data: { reason: 'changed' } } },
    ])
  })

  test('names what is wrong with a pack', async () => {
    const asked = start(inThread)
    const cases: readonly (readonly [string, (folder: string) => Promise<void>, string])[] = [
      [
        'cut',
        (folder) => writeFile(join(folder, 'onnx/vision_model.onnx'), 'half'),
        'PACK_GRAPH_INVALID',
      ],
      ['gone', (folder) => rm(join(folder, 'onnx/vision_model.onnx')), 'PACK_FILE_MISSING'],
      ['bare', (folder) => rm(join(folder, 'pack.json')), 'PACK_FILE_MISSING'],
    ]
    for (const [name, spoil, code] of cases) {
      const folder = join(root, name)
      await cp(pack.folder, folder, { recursive: true })
      await spoil(folder)
      await expect(
        asked.picture({ ...call(), pack: { ...pack, folder } }),
        name,
      ).rejects.toMatchObject({ code })
    }
    await expect(
      asked.picture({ ...call(), pack: { ...pack, revision: 'other' } }),
    ).rejects.toMatchObject({ code: 'PACK_CHANGED' })
  })

  test('comes back after a crash and finishes what was asked', async () => {
    const channels: Channel[] = []
    const asked = start((_name, data) => {
      const channel = openChild(workerEntry('inference'), { ...data, device: 'cpu' })
      channels.push(channel)
      return channel
    })
    await asked.picture(call())
    const work = Promise.all(Array.from({ length: 12 }, () => asked.picture(call())))
    channels[0]?.kill()
    expect(await work).toHaveLength(12)
    expect(channels).toHaveLength(2)
  })
})
