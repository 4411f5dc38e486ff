import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Fields of a protocol buffer message, by number: https://protobuf.dev/programming-guides/encoding */
function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}

function number(field: number, value: number): Buffer {
  return Buffer.from([...varint(field * 8), ...varint(value)])
}

function bytes(field: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([
    Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]),
    content,
  ])
}

/** A float32 ValueInfoProto. */
function value(field: number, name: string, dims: readonly number[]): Buffer {
  const shape = bytes(2, ...dims.map((size) => bytes(1, number(1, size))))
  return bytes(field, bytes(1, name), bytes(2, bytes(1, number(1, 1), shape)))
}

function initializer(name: string, dims: readonly number[], data: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(data).buffer)
  return bytes(
    5,
    ...dims.map((size) => number(1, size)),
    number(2, 1),
    bytes(8, name),
    bytes(9, raw),
  )
}

function identity(from: string, to: string): Buffer {
  return bytes(1, bytes(1, from), bytes(2, to), bytes(4, 'Identity'))
}

const SIDE = 8

/** An ONNX model in the manner of DETR that sees one dog in the upper left quarter of every picture, and nothing else. */
function makeGraph(): Buffer {
  const graph = Buffer.concat([
    identity('box', 'boxes'),
    identity('score', 'scores'),
    bytes(2, 'always-a-dog'),
    initializer('box', [1, 2, 4], [0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 1, 1]),
    initializer('score', [1, 2, 2], [-9, 3, -9, -9]),
    value(11, 'pixels', [1, 3, SIDE, SIDE]),
    value(12, 'boxes', [1, 2, 4]),
    value(12, 'scores', [1, 2, 2]),
  ])
  return Buffer.concat([number(1, 8), bytes(7, graph), bytes(8, number(2, 13))])
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
