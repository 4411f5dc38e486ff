import { hash } from 'node:crypto'
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DetectorPack } from '../../../src/shared/domain/pack.ts'
import type { PackPlace } from '../../../src/main/models/session-pool.ts'

/** The names that come with the weights follow VOC here and there; the lists of the photos follow COCO. */
const COCO_NAMES: Readonly<Record<string, string>> = {
  motorbike: 'motorcycle',
  aeroplane: 'airplane',
  sofa: 'couch',
  pottedplant: 'potted plant',
  diningtable: 'dining table',
  tvmonitor: 'tv',
}

export interface YoloxPack {
  readonly place: PackPlace
  readonly labels: readonly string[]
  readonly manifest: DetectorPack
}

/** Makes a pack of the bare weights that lie beside the repository, in an empty folder. */
export async function writeYoloxPack(folder: string, models: string): Promise<YoloxPack> {
  const names = (await readFile(join(models, 'coco.names'), 'utf8')).trimEnd().split('\n')
  const labels = names.map((name) => COCO_NAMES[name] ?? name)
  await writeFile(join(folder, 'labels.txt'), labels.join('\n'))
  await copyFile(join(models, 'yolox_nano.onnx'), join(folder, 'model.onnx'))
  const file = async (role: 'graph' | 'labels', path: string) => ({
    ...{ role, path, sizeBytes: (await stat(join(folder, path))).size },
    sha256: hash('sha256', await readFile(join(folder, path)), 'hex'),
  })
  const pack: DetectorPack = {
    ...{
      format: 'realign-pack',
      version: 1,
      id: 'yolox-nano',
      revision: 'eval',
      name: 'YOLOX nano',
    },
    licence: { id: 'Apache-2.0' },
    source: { url: 'https://github.com/Megvii-BaseDetection/YOLOX' },
    scope: { images: 'any', note: '' },
    precision: 'float32',
    files: [await file('graph', 'model.onnx'), await file('labels', 'labels.txt')],
    task: 'detector',
    image: {
      ...{ widthPx: 416, heightPx: 416, channels: 'bgr', scale: 1 },
      resize: { policy: 'letterbox', kernel: 'linear-unscaled', anchor: 'top-left', fill: 114 },
      ...{ mean: [0, 0, 0], deviation: [1, 1, 1] },
    },
    graph: {
      inputs: { pixels: 'images' },
      outputs: { kind: 'yolox', predictions: 'output', strides: [8, 16, 32] },
    },
    ...{ scoreThreshold: 0.35, overlapThreshold: 0.45 },
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(pack))
  return { place: { folder, id: pack.id, revision: pack.revision }, labels, manifest: pack }
}
