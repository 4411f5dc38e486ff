import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeOnnxModel } from './onnx-writer.ts'

/*
 * An encoder whose truth is known, as two ONNX graphs of plain operators. Pictures of its world are grey, with rectangles
 * whose colour stands for one thing of one colour. The image graph tells for each pixel which of these it is, by the
 * distance to the palette, sums areas over patches, takes roots, and adds the vectors of the thing's and the colour's
 * word. The text graph adds the vectors of the words of a text. All words are at right angles to each other.
 */

export const ORACLE_THINGS = [
  'kite',
  'drum',
  'bottle',
  'lamp',
  'boat',
  'shoe',
  'clock',
  'bucket',
] as const
export type OracleThing = (typeof ORACLE_THINGS)[number]

const HUES = {
  ...{ red: [200, 20, 20], orange: [240, 130, 10], yellow: [230, 220, 20] },
  ...{ green: [30, 160, 40], blue: [30, 60, 210], purple: [130, 30, 170] },
} as const
export const ORACLE_COLOURS = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const
export type OracleColour = (typeof ORACLE_COLOURS)[number]

export const ORACLE_SIDE_PX = 64
export const ORACLE_GRID = 8
const PATCH_PX = ORACLE_SIDE_PX / ORACLE_GRID
const PATCHES = ORACLE_GRID * ORACLE_GRID

/** RGB bytes of a thing: near its colour's, and no other thing's. */
export function oracleRgb(thing: OracleThing, colour: OracleColour): readonly number[] {
  const shift = ORACLE_THINGS.indexOf(thing) * 3
  return HUES[colour].map((level) => Math.min(255, level + shift))
}

const WORDS = [...ORACLE_THINGS, ...ORACLE_COLOURS]
/** Of all words that it does not know, and of grey. */
const UNKNOWN = WORDS.length
const GREY = WORDS.length + 1
const DIMENSION = WORDS.length + 2
const CODES = ORACLE_THINGS.flatMap((thing) => ORACLE_COLOURS.map((colour) => ({ thing, colour })))
/** So near must a pixel be to a colour of the palette, squared, with levels from 0 to 1. */
const NEARNESS = 1e4

function axis(at: number, length: number): readonly number[] {
  return Array.from({ length: DIMENSION }, (_, index) => (index === at ? length : 0))
}

function row(words: readonly string[]): readonly number[] {
  const known = words.map((word) => WORDS.findIndex((one) => one === word))
  return Array.from({ length: DIMENSION }, (_, index) => (known.includes(index) ? 1 : 0))
}

const WAVES = 3

/**
 * Noise that follows from the picture alone: sums of sines of its mean colour, which differ from picture to picture and
 * are nearly normal over all of them.
 */
function noiseTensors(sigma: number) {
  const size = (PATCHES + 1) * DIMENSION * WAVES
  // Any steps that do not repeat will do; the golden ratio's multiples spread best.
  const spread = (index: number, step: number): number => ((index + 1) * step) % 1
  const frequencies = Array.from(
    { length: 3 * size },
    (_, index) => 4_000 * (0.5 + spread(index, 0.618034)),
  )
  const phases = Array.from({ length: size }, (_, index) => 2 * Math.PI * spread(index, 0.754878))
  return [
    { name: 'frequencies', dims: [3, size], data: frequencies },
    { name: 'phases', dims: [size], data: phases },
    {
      name: 'noise-shape',
      kind: 'integer' as const,
      dims: [4],
      data: [0, PATCHES + 1, DIMENSION, WAVES],
    },
    { name: 'sigma', dims: [1], data: [sigma * Math.sqrt(2 / WAVES)] },
    { name: 'wave-axis', kind: 'integer' as const, dims: [1], data: [3] },
  ]
}

function imageGraph(sigma: number): Buffer {
  const palette = CODES.map(({ thing, colour }) =>
    oracleRgb(thing, colour).map((level) => level / 255),
  )
  const count = CODES.length
  return writeOnnxModel({
    name: 'oracle-image',
    nodes: [
      { op: 'Mul', from: ['pixels', 'pixels'], to: 'squares' },
      {
        op: 'ReduceSum',
        from: ['squares', 'channel-axis'],
        to: 'square',
        attributes: { keepdims: 1 },
      },
      { op: 'Conv', from: ['pixels', 'minus-twice', 'palette-square'], to: 'rest' },
      { op: 'Add', from: ['square', 'rest'], to: 'distance' },
      { op: 'Mul', from: ['distance', 'nearness'], to: 'far' },
      { op: 'Sub', from: ['one', 'far'], to: 'near' },
      { op: 'Relu', from: ['near'], to: 'is' },
      {
        ...{ op: 'AveragePool', from: ['is'], to: 'areas' },
        attributes: { kernel_shape: [PATCH_PX, PATCH_PX], strides: [PATCH_PX, PATCH_PX] },
      },
      { op: 'Reshape', from: ['areas', 'flat-shape'], to: 'flat' },
      { op: 'Transpose', from: ['flat'], to: 'by-patch', attributes: { perm: [0, 2, 1] } },
      { op: 'ReduceMean', from: ['by-patch'], to: 'whole', attributes: { axes: [1], keepdims: 1 } },
      { op: 'Concat', from: ['whole', 'by-patch'], to: 'all', attributes: { axis: 1 } },
      { op: 'Sqrt', from: ['all'], to: 'roots' },
      { op: 'MatMul', from: ['roots', 'concepts'], to: 'clean' },
      { op: 'ReduceMean', from: ['pixels'], to: 'mean', attributes: { axes: [2, 3], keepdims: 0 } },
      { op: 'MatMul', from: ['mean', 'frequencies'], to: 'turned' },
      { op: 'Add', from: ['turned', 'phases'], to: 'angles' },
      { op: 'Sin', from: ['angles'], to: 'waves' },
      { op: 'Reshape', from: ['waves', 'noise-shape'], to: 'each-wave' },
      {
        op: 'ReduceSum',
        from: ['each-wave', 'wave-axis'],
        to: 'wave',
        attributes: { keepdims: 0 },
      },
      { op: 'Mul', from: ['wave', 'sigma'], to: 'noise' },
      { op: 'Add', from: ['clean', 'noise'], to: 'noisy' },
      // Of grey nothing is seen, and nothing may be divided by its length.
      { op: 'Add', from: ['noisy', 'floor'], to: 'vectors' },
      { op: 'Slice', from: ['vectors', 'first', 'second', 'patch-axis'], to: 'picture' },
      { op: 'Reshape', from: ['picture', 'vector-shape'], to: 'vector' },
      { op: 'Slice', from: ['vectors', 'second', 'end', 'patch-axis'], to: 'patches' },
    ],
    tensors: [
      {
        name: 'minus-twice',
        dims: [count, 3, 1, 1],
        data: palette.flatMap((levels) => levels.map((level) => -2 * level)),
      },
      {
        name: 'palette-square',
        dims: [count],
        data: palette.map((levels) => levels.reduce((sum, level) => sum + level * level, 0)),
      },
      {
        name: 'concepts',
        dims: [count, DIMENSION],
        data: CODES.flatMap(({ thing, colour }) => row([thing, colour])),
      },
      {
        name: 'floor',
        dims: [DIMENSION],
        data: axis(GREY, 0.01),
      },
      { name: 'nearness', dims: [1], data: [NEARNESS] },
      { name: 'one', dims: [1], data: [1] },
      { name: 'channel-axis', kind: 'integer', dims: [1], data: [1] },
      { name: 'patch-axis', kind: 'integer', dims: [1], data: [1] },
      { name: 'first', kind: 'integer', dims: [1], data: [0] },
      { name: 'second', kind: 'integer', dims: [1], data: [1] },
      { name: 'end', kind: 'integer', dims: [1], data: [PATCHES + 1] },
      { name: 'flat-shape', kind: 'integer', dims: [3], data: [0, count, PATCHES] },
      { name: 'vector-shape', kind: 'integer', dims: [2], data: [0, DIMENSION] },
      ...noiseTensors(sigma),
    ],
    inputs: [{ name: 'pixels', dims: ['n', 3, ORACLE_SIDE_PX, ORACLE_SIDE_PX] }],
    outputs: [
      { name: 'vector', dims: ['n', DIMENSION] },
      { name: 'patches', dims: ['n', PATCHES, DIMENSION] },
    ],
  })
}

/** Filling up, little words, unknown words, then the words that it knows. */
const TOKENS = ['[PAD]', '[UNK]', 'a', 'an', 'the', 'is', 'there', '.', ...WORDS]

function textGraph(): Buffer {
  const rows = TOKENS.flatMap((token) => (token === '[UNK]' ? axis(UNKNOWN, 1) : row([token])))
  return writeOnnxModel({
    name: 'oracle-text',
    nodes: [
      { op: 'Gather', from: ['words', 'ids'], to: 'each' },
      { op: 'ReduceSum', from: ['each', 'word-axis'], to: 'sum', attributes: { keepdims: 0 } },
      { op: 'Add', from: ['sum', 'floor'], to: 'vector' },
    ],
    tensors: [
      { name: 'words', dims: [TOKENS.length, DIMENSION], data: rows },
      { name: 'word-axis', kind: 'integer', dims: [1], data: [1] },
      {
        name: 'floor',
        dims: [DIMENSION],
        data: axis(UNKNOWN, 1e-4),
      },
    ],
    inputs: [{ name: 'ids', kind: 'integer', dims: ['n', 'length'] }],
    outputs: [{ name: 'vector', dims: ['n', DIMENSION] }],
  })
}

function tokenizer(): string {
  return JSON.stringify({
    ...{ version: '1.0', truncation: null, padding: null, added_tokens: [], post_processor: null },
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      ...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##' },
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(TOKENS.map((token, index) => [token, index])),
    },
  })
}

/** Writes the encoder as a pack; `sigma` is the size of the noise on its picture vectors, whose own length is about 1.4. */
export async function writeOraclePack(
  folder: string,
  { sigma }: { readonly sigma: number },
): Promise<{ readonly folder: string; readonly id: string; readonly revision: string }> {
  await mkdir(folder, { recursive: true })
  const files = [
    { role: 'image-graph', path: 'image.onnx', content: imageGraph(sigma) },
    { role: 'text-graph', path: 'text.onnx', content: textGraph() },
    { role: 'tokenizer', path: 'tokenizer.json', content: Buffer.from(tokenizer()) },
  ]
  for (const { path, content } of files) await writeFile(join(folder, path), content)
  const pack = { id: 'oracle', revision: `noise-${String(Math.round(sigma * 1_000))}` }
  const manifest = {
    ...{ format: 'realign-pack', version: 1, ...pack, name: 'Oracle', task: 'dual-encoder' },
    files: files.map(({ role, path, content }) => ({
      ...{ role, path, sizeBytes: content.length },
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    ...{ licence: { id: 'CC0-1.0' }, source: { url: 'https://example.org' } },
    ...{ scope: { images: 'any', note: 'For tests.' }, precision: 'float32', dimension: DIMENSION },
    image: {
      ...{ widthPx: ORACLE_SIDE_PX, heightPx: ORACLE_SIDE_PX, channels: 'rgb', scale: 1 / 255 },
      resize: { policy: 'squash', kernel: 'nearest' },
      ...{ mean: [0, 0, 0], deviation: [1, 1, 1] },
    },
    imageGraph: { inputs: { pixels: 'pixels' }, outputs: { vector: 'vector', patches: 'patches' } },
    patchGrid: { columns: ORACLE_GRID, rows: ORACLE_GRID },
    text: { window: 64, padding: 'longest', padId: 0, endId: null, prefix: '' },
    textGraph: { inputs: { ids: 'ids' }, outputs: { vector: 'vector' } },
    logit: { scale: 20, bias: 0 },
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest))
  return { folder, ...pack }
}
