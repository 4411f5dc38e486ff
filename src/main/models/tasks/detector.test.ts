import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DetectorPack } from '../../../shared/domain/pack.ts'
import { silentLog } from '../../base/log.ts'
import { DeviceChoice } from '../device.ts'
import { openOnnxGraph } from '../onnx-graph.ts'
import { preparePicture, readPixels } from '../pictures.ts'
import { SessionPool } from '../session-pool.ts'
import { createBoxTask, type FoundBox } from './detector.ts'
import type { PackRuntime } from './task.ts'

const DATA = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data')
const WEIGHTS = join(DATA, 'models', 'yolox_nano.onnx')
const isHere = existsSync(WEIGHTS) && existsSync(join(DATA, 'photos', 'photos.jsonl'))
if (!isHere) {
  process.stderr.write('detector on photos: skipped, because ../shared/data is not there.\n')
}

/** The names that come with the weights follow VOC here and there; the lists of the photos follow COCO. */
const COCO_NAMES: Readonly<Record<string, string>> = {
  motorbike: 'motorcycle',
  aeroplane: 'airplane',
  sofa: 'couch',
  pottedplant: 'potted plant',
  diningtable: 'dining table',
  tvmonitor: 'tv',
}

interface Photo {
  readonly file_name: string
  readonly objects: Readonly<Record<string, number>> | null
}

async function writePack(folder: string): Promise<DetectorPack> {
  const names = (await readFile(join(DATA, 'models', 'coco.names'), 'utf8')).trimEnd().split('\n')
  await writeFile(join(folder, 'labels.txt'), names.map((it) => COCO_NAMES[it] ?? it).join('\n'))
  await copyFile(WEIGHTS, join(folder, 'model.onnx'))
  const file = async (role: 'graph' | 'labels', path: string) => ({
    role,
    path,
    sizeBytes: (await stat(join(folder, path))).size,
    sha256: createHash('sha256')
      .update(await readFile(join(folder, path)))
      .digest('hex'),
  })
  const pack: DetectorPack = {
    format: 'realign-pack',
    version: 1,
    id: 'yolox-nano',
    revision: 'test',
    name: 'YOLOX nano',
    licence: { id: 'Apache-2.0' },
    source: { url: 'https://github.com/Megvii-BaseDetection/YOLOX' },
    scope: { images: 'any', note: '' },
    precision: 'float32',
    files: [await file('graph', 'model.onnx'), await file('labels', 'labels.txt')],
    task: 'detector',
    image: {
      widthPx: 416,
      heightPx: 416,
      resize: { policy: 'letterbox', kernel: 'linear-unscaled', anchor: 'top-left', fill: 114 },
      channels: 'bgr',
      scale: 1,
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    },
    graph: {
      inputs: { pixels: 'images' },
      outputs: { kind: 'yolox', predictions: 'output', strides: [8, 16, 32] },
    },
    scoreThreshold: 0.35,
    overlapThreshold: 0.45,
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(pack))
  return pack
}

describe.skipIf(!isHere)('YOLOX nano on real photos', () => {
  let folder: string
  let pool: SessionPool
  let runtime: PackRuntime<DetectorPack>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realign-detector-'))
    const { id, revision } = await writePack(folder)
    pool = new SessionPool({
      open: openOnnxGraph,
      devices: new DeviceChoice(['cpu'], 'cpu'),
      log: silentLog,
      budgetBytes: 1e9,
      idleMs: 60_000,
    })
    runtime = (await pool.runtime({ folder, id, revision })) as PackRuntime<DetectorPack>
  })
  afterAll(async () => {
    await pool.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function detect(paths: readonly string[]): Promise<readonly (readonly FoundBox[])[]> {
    const task = createBoxTask()
    const views = task.views(runtime.manifest)
    const pictures = await Promise.all(
      paths.map(async (path) => {
        const request = { path, hash: null }
        return {
          ...(await preparePicture({ ...request, views })),
          pixels: () => readPixels(request),
        }
      }),
    )
    return task.run(runtime, pictures)
  }

  test('finds the classes that people listed as often as the reference does', async () => {
    const photos = readFileSync(join(DATA, 'photos', 'photos.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Photo)
      .filter((photo) => Object.keys(photo.objects ?? {}).length > 0)
    const found = await detect(photos.map((photo) => join(DATA, 'photos', photo.file_name)))
    let right = 0
    let said = 0
    let listed = 0
    for (const [index, photo] of photos.entries()) {
      const classes = new Set((found[index] ?? []).map(({ label }) => label))
      const wanted = new Set(Object.keys(photo.objects ?? {}))
      right += [...classes].filter((label) => wanted.has(label)).length
      said += classes.size
      listed += wanted.size
    }
    const precision = right / said
    const recall = right / listed
    process.stderr.write(
      `YOLOX nano, image-level classes at 0.35 on ${photos.length} photos: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`,
    )
    expect(photos).toHaveLength(81)
    expect(Math.abs(precision - 0.86)).toBeLessThanOrEqual(0.03)
    expect(Math.abs(recall - 0.54)).toBeLessThanOrEqual(0.03)
  }, 120_000)
})
