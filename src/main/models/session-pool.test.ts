import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PackFileRole } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import { silentLog } from '../base/log.ts'
import { BatchSize } from './batch-size.ts'
import { DeviceChoice, orderDevices, type Device } from './device.ts'
import type { LoadedGraph } from './graph.ts'
import { SessionPool, type PackPlace, type SessionPoolOptions } from './session-pool.ts'

let root: string
let pool: SessionPool
/** What happened to graphs, in order. */
let events: string[]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'realign-pool-'))
  events = []
})
afterEach(async () => {
  await pool.close()
  await rm(root, { recursive: true, force: true })
})

async function writePack(id: string): Promise<PackPlace> {
  const folder = join(root, id)
  await mkdir(folder)
  const files = [
    { role: 'graph', path: 'model.onnx' },
    { role: 'labels', path: 'labels.txt' },
  ]
  for (const { path } of files) await writeFile(join(folder, path), '0123456789')
  const sha256 = createHash('sha256').update('0123456789').digest('hex')
  const manifest = {
    format: 'realign-pack',
    version: 1,
    id,
    revision: '1',
    name: id,
    task: 'detector',
    licence: { id: 'MIT' },
    source: { url: '' },
    scope: { images: 'any', note: '' },
    precision: 'float32',
    files: files.map((file) => ({ ...file, sizeBytes: 10, sha256 })),
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
    overlapThreshold: null,
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest))
  return { folder, id, revision: '1' }
}

/** Opens graphs that do nothing, unless the device is one of those that fail. */
function start(
  change: Partial<SessionPoolOptions> = {},
  fails: { load?: Device; run?: Device } = {},
): SessionPool {
  pool = new SessionPool({
    devices: new DeviceChoice(['cuda', 'cpu'], 'auto'),
    log: silentLog,
    budgetBytes: 1_000,
    idleMs: 60_000,
    ...change,
    open: async (path, device) => {
      await Promise.resolve()
      const name = path.split('/').at(-2) ?? ''
      if (fails.load === device) throw new AppError('DEVICE_FAILED', `${device} is not there`)
      events.push(`open ${name} on ${device}`)
      const graph: LoadedGraph = {
        inputNames: ['x'],
        outputNames: ['y'],
        fixedBatch: null,
        run: () => {
          if (fails.run === device) return Promise.reject(new AppError('DEVICE_FAILED', 'lost'))
          events.push(`run ${name} on ${device}`)
          return Promise.resolve([] as never)
        },
        close: () => {
          events.push(`close ${name}`)
          return Promise.resolve()
        },
      }
      return graph
    },
  })
  return pool
}

async function run(place: PackPlace, role: PackFileRole = 'graph'): Promise<void> {
  const runtime = await pool.runtime(place)
  const graph = await runtime.graph(role)
  await graph.run({}, [])
}

describe('loaded models', () => {
  test('are loaded once for all who ask at the same time', async () => {
    const place = await writePack('cats')
    start({ devices: new DeviceChoice(['cpu'], 'cpu') })
    await Promise.all([run(place), run(place), run(place)])
    expect(events.filter((event) => event.startsWith('open'))).toHaveLength(1)
  })

  test('make room for others, the least recently used first', async () => {
    const [cats, dogs, birds] = [
      await writePack('cats'),
      await writePack('dogs'),
      await writePack('birds'),
    ]
    let now = 0
    start({ budgetBytes: 20, devices: new DeviceChoice(['cpu'], 'cpu'), now: () => (now += 1) })
    await run(cats)
    await run(dogs)
    await run(cats)
    await run(birds)
    expect(events).toContain('close dogs')
    expect(events).not.toContain('close cats')
    await run(dogs)
    expect(pool.loaded()).toHaveLength(2)
  })

  test('are given up when nobody uses them', async () => {
    let now = 0
    const place = await writePack('cats')
    start({ idleMs: 100, now: () => now, devices: new DeviceChoice(['cpu'], 'cpu') })
    await run(place)
    now = 50
    await pool.closeIdle()
    expect(pool.loaded()).toHaveLength(1)
    now = 200
    await pool.closeIdle()
    expect(events.at(-1)).toBe('close cats')
    await run(place)
    expect(events.at(-1)).toBe('run cats on cpu')
  })

  test('fall back where a device does not work, and say so once', async () => {
    const place = await writePack('cats')
    start({}, { load: 'cuda' })
    await run(place)
    await run(place, 'labels')
    expect(events).toEqual([
      'open cats on cpu',
      'run cats on cpu',
      'open cats on cpu',
      'run cats on cpu',
    ])
  })

  test('go on elsewhere when a device is lost in the middle', async () => {
    const devices = new DeviceChoice(['cuda', 'cpu'], 'auto')
    const place = await writePack('cats')
    start({ devices }, { run: 'cuda' })
    await run(place)
    expect(events).toEqual([
      'open cats on cuda',
      'open cats on cpu',
      'close cats',
      'run cats on cpu',
    ])
    expect(devices.report()).toEqual({
      wish: 'auto',
      device: 'cpu',
      fallbacks: [{ device: 'cuda', reason: 'lost' }],
    })
  })

  test('are not kept when they could not be loaded', async () => {
    const place = await writePack('cats')
    start({ devices: new DeviceChoice(['cpu'], 'cpu') }, { load: 'cpu' })
    await expect(run(place)).rejects.toMatchObject({ code: 'DEVICE_FAILED' })
    await rm(join(place.folder, 'model.onnx'))
    await expect(run(place)).rejects.toMatchObject({ code: 'PACK_FILE_MISSING' })
  })
})

describe('the order of devices', () => {
  test('takes what the machine may have, the processor last', () => {
    const supported = ['cpu', 'webgpu', 'dml']
    expect(orderDevices({ platform: 'win32', supported, wish: 'auto' })).toEqual([
      'dml',
      'webgpu',
      'cpu',
    ])
    expect(orderDevices({ platform: 'linux', supported, wish: 'auto' })).toEqual(['webgpu', 'cpu'])
    expect(orderDevices({ platform: 'linux', supported, wish: 'cpu' })).toEqual(['cpu'])
  })

  test('says when a wish cannot be met', () => {
    const order = orderDevices({ platform: 'linux', supported: ['cpu'], wish: 'cuda' })
    expect(new DeviceChoice(order, 'cuda').report()).toMatchObject({
      device: 'cpu',
      fallbacks: [{ device: 'cuda' }],
    })
  })
})

describe('the batch size', () => {
  function settle(rateOf: (size: number) => number): number {
    const batch = new BatchSize(null)
    for (let round = 0; round < 40; round += 1)
      batch.observe(batch.size, batch.size / rateOf(batch.size))
    return batch.size
  }

  test('grows while that makes images faster', () => {
    expect(settle((size) => Math.min(size, 8))).toBe(8)
    expect(settle(() => 1)).toBe(1)
    expect(settle((size) => size)).toBe(32)
  })

  test('stays small where a batch would keep somebody waiting', () => {
    expect(settle((size) => 0.004 * Math.min(size, 2))).toBe(2)
  })

  test('is halved when the memory is too small, and never grows beyond that again', () => {
    const batch = new BatchSize(null)
    for (let round = 0; round < 6; round += 1) batch.observe(batch.size, 1)
    const size = batch.size
    expect(batch.halve(size)).toBe(true)
    expect(batch.size).toBe(size / 2)
    for (let round = 0; round < 20; round += 1) batch.observe(batch.size, 1)
    expect(batch.size).toBe(size / 2)
    expect(batch.halve(1)).toBe(false)
  })
})
