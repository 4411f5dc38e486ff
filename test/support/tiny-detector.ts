import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeOnnxModel } from './onnx-writer.ts'

const SIDE = 8

/** An ONNX model in the manner of DETR that sees one dog in the upper left quarter of every picture, and nothing else. */
function makeGraph(): Buffer {
  return writeOnnxModel({
    name: 'always-a-dog',
    nodes: [
      { op: 'Identity', from: ['box'], to: 'boxes' },
      { op: 'Identity', from: ['score'], to: 'scores' },
    ],
    tensors: [
      { name: 'box', dims: [1, 2, 4], data: [0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 1, 1] },
      { name: 'score', dims: [1, 2, 2], data: [-9, 3, -9, -9] },
    ],
    inputs: [{ name: 'pixels', dims: [1, 3, SIDE, SIDE] }],
    outputs: [
      { name: 'boxes', dims: [1, 2, 4] },
      { name: 'scores', dims: [1, 2, 2] },
    ],
  })
}

/** Writes a detector pack that needs no download and always answers the same. */
export async function writeTinyDetector(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const files = [
    { role: 'graph', path: 'model.onnx', content: makeGraph() },
    { role: 'labels', path: 'labels.txt', content: Buffer.from('cat\ndog\n') },
  ]
  for (const { path, content } of files) await writeFile(join(folder, path), content)
  const manifest = {
    format: 'realign-pack',
    version: 1,
    id: 'tiny-detector',
    revision: '1',
    name: 'Tiny detector',
    task: 'detector',
    files: files.map(({ role, path, content }) => ({
      ...{ role, path, sizeBytes: content.length },
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    licence: { id: 'CC0-1.0' },
    source: { url: 'https://example.org' },
    scope: { images: 'any', note: 'For tests.' },
    precision: 'float32',
    image: {
      ...{ widthPx: SIDE, heightPx: SIDE, channels: 'rgb', scale: 1 / 255 },
      resize: { policy: 'squash', kernel: 'linear' },
      ...{ mean: [0, 0, 0], deviation: [1, 1, 1] },
    },
    graph: {
      inputs: { pixels: 'pixels' },
      outputs: { kind: 'detr', boxes: 'boxes', scores: 'scores', activation: 'sigmoid' },
    },
    scoreThreshold: 0.5,
    overlapThreshold: null,
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest))
}
