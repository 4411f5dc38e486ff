import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeOnnxModel } from './onnx-writer.ts'

const SIDE_PX = 32
const KNOWN = ['person', 'dog', 'cat', 'car', 'toothbrush']
const CLASSES = 80
const LABELS = [
  ...KNOWN,
  ...Array.from({ length: CLASSES - KNOWN.length }, (_, at) => `thing ${at}`),
]

/** One cell over the whole picture: a dog in its middle, half as wide and as high. */
function makeGraph(): Buffer {
  const half = Math.log(0.5)
  const scores = LABELS.map((label) => (label === 'dog' ? 0.9 : 0))
  const width = 5 + CLASSES
  return writeOnnxModel({
    name: 'always-a-dog-in-the-middle',
    nodes: [{ op: 'Identity', from: ['cell'], to: 'output' }],
    tensors: [{ name: 'cell', dims: [1, 1, width], data: [0.5, 0.5, half, half, 1, ...scores] }],
    inputs: [{ name: 'images', dims: [1, 3, SIDE_PX, SIDE_PX] }],
    outputs: [{ name: 'output', dims: [1, 1, width] }],
  })
}

/** Writes a detector pack in the manner of YOLOX on COCO, which sees one dog in the middle of every picture. */
export async function writeTinyYolox(folder: string, revision = '1'): Promise<void> {
  await mkdir(folder, { recursive: true })
  const files = [
    { role: 'graph', path: 'model.onnx', content: makeGraph() },
    { role: 'labels', path: 'labels.txt', content: Buffer.from(LABELS.join('\n')) },
  ]
  for (const { path, content } of files) await writeFile(join(folder, path), content)
  const manifest = {
    ...{ format: 'realign-pack', version: 1, id: 'tiny-yolox', revision, name: 'Tiny YOLOX' },
    task: 'detector',
    files: files.map(({ role, path, content }) => ({
      ...{ role, path, sizeBytes: content.length },
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    ...{ licence: { id: 'CC0-1.0' }, source: { url: 'https://example.org' } },
    ...{ scope: { images: 'any', note: 'For tests.' }, precision: 'float32' },
    image: {
      ...{ widthPx: SIDE_PX, heightPx: SIDE_PX, channels: 'bgr', scale: 1 },
      resize: { policy: 'squash', kernel: 'linear' },
      ...{ mean: [0, 0, 0], deviation: [1, 1, 1] },
    },
    graph: {
      inputs: { pixels: 'images' },
      outputs: { kind: 'yolox', predictions: 'output', strides: [SIDE_PX] },
    },
    ...{ scoreThreshold: 0.3, overlapThreshold: 0.45 },
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest))
}
