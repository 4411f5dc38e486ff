import { z } from 'zod'
import {
  PACK_FILE_ROLES,
  PACK_FORMAT,
  PACK_KERNELS,
  PACK_VERSION,
  type PackFileRole,
  type PackManifest,
} from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'

const name = z.string().min(1)
const positive = z.int().positive()
const kernel = z.enum(PACK_KERNELS)

/** Safe as a folder name on every system, and as part of a URL. */
const folderName = z.string().regex(/^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/)

const file = z.strictObject({
  role: z.enum(PACK_FILE_ROLES),
  path: z
    .string()
    .regex(/^[^\\:*?"<>|\p{Cc}]+$/u)
    .refine(
      (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
      'must stay inside the pack, with forward slashes',
    )
    .describe('Relative to pack.json, with forward slashes'),
  package: z
    .string()
    .regex(/^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/)
    .optional()
    .describe('npm package whose folder the path starts in; only in packs that come with Realign'),
  sizeBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const resize = z.discriminatedUnion('policy', [
  z.strictObject({ policy: z.literal('squash'), kernel }),
  z.strictObject({ policy: z.literal('crop'), kernel, shortEdgePx: positive }),
  z.strictObject({
    policy: z.literal('letterbox'),
    kernel,
    anchor: z.enum(['top-left', 'centre']),
    fill: z.int().min(0).max(255),
  }),
  z.strictObject({ policy: z.literal('fit'), kernel, multiplePx: positive }),
])

const triple = z.tuple([z.number(), z.number(), z.number()])
const divisor = z.number().refine((value) => value !== 0, 'must not be 0')

const imageInput = z.strictObject({
  widthPx: positive.max(8192),
  heightPx: positive.max(8192),
  resize,
  channels: z.enum(['rgb', 'bgr']),
  scale: divisor.describe('The tensor is (pixel * scale - mean) / deviation, pixels from 0 to 255'),
  mean: triple,
  deviation: z.tuple([divisor, divisor, divisor]),
})

const common = {
  format: z.literal(PACK_FORMAT),
  version: z.literal(PACK_VERSION),
  id: folderName,
  revision: folderName,
  name,
  licence: z.strictObject({ id: name.describe('SPDX identifier'), url: z.url().optional() }),
  source: z.strictObject({ url: z.string(), revision: name.optional() }),
  scope: z.strictObject({ images: z.enum(['any', 'sample-world']), note: z.string() }),
  precision: z.enum(['float32', 'float16', 'int8', 'mixed']),
  files: z.array(file).min(1),
}

const tailState = z.strictObject({ endState: name, keys: name, values: name })

const dualEncoder = z.strictObject({
  ...common,
  task: z.literal('dual-encoder'),
  dimension: positive.max(16_384),
  image: imageInput,
  imageGraph: z.strictObject({
    inputs: z.strictObject({ pixels: name }),
    outputs: z.strictObject({ vector: name, patches: name.optional() }),
  }),
  patchGrid: z.strictObject({ columns: positive, rows: positive }).optional(),
  text: z.strictObject({
    window: positive,
    padding: z.enum(['window', 'longest']),
    padId: z.int().min(0),
    endId: z.int().min(0).nullable(),
    prefix: z.string(),
  }),
  textGraph: z.strictObject({
    inputs: z.strictObject({ ids: name, attentionMask: name.optional() }),
    outputs: z.strictObject({ vector: name, phraseVector: name.optional() }),
  }),
  textTail: z
    .strictObject({
      layers: positive,
      heads: positive,
      states: tailState,
      inputs: tailState.extend({ endIndex: name, gates: name }),
      outputs: z.strictObject({ vector: name }),
    })
    .optional(),
  logit: z.strictObject({ scale: z.number(), bias: z.number() }).optional(),
  vocabulary: z
    .array(z.strictObject({ noun: name, asked: name, phrase: name }))
    .max(2_000)
    .optional()
    .describe(
      'Things that many of its pictures show, asked of each to find what captions leave out',
    ),
})

const detector = z.strictObject({
  ...common,
  task: z.literal('detector'),
  image: imageInput,
  graph: z.strictObject({
    inputs: z.strictObject({ pixels: name }),
    outputs: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('yolox'),
        predictions: name,
        strides: z.array(positive).min(1),
      }),
      z.strictObject({
        kind: z.literal('detr'),
        boxes: name,
        scores: name,
        activation: z.enum(['softmax', 'sigmoid']),
      }),
    ]),
  }),
  scoreThreshold: z.number().min(0).max(1),
  overlapThreshold: z.number().min(0).max(1).nullable(),
})

const ocrPart = z.strictObject({ image: imageInput, input: name, output: name })

const ocr = z.strictObject({
  ...common,
  task: z.literal('ocr'),
  detection: ocrPart,
  recognition: ocrPart,
  classification: ocrPart.optional(),
})

const captioner = z.strictObject({
  ...common,
  task: z.literal('captioner'),
  image: imageInput,
  prompt: z.string(),
  maxTokens: positive,
})

const packManifest = z.discriminatedUnion('task', [dualEncoder, detector, ocr, captioner])

/** The JSON Schema (draft 2020-12) of `pack.json`. */
export function packJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(packManifest)
  return { $schema, title: 'Realign model pack: pack.json', ...rest }
}

/** Reads the text of a `pack.json`. Throws PACK_INVALID with the first thing that does not fit. */
export function parsePackManifest(text: string): PackManifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid('it is not JSON', error)
  }
  if (isFromFuture(value)) {
    throw invalid(
      `it has version ${String(value.version)}, made for a newer Realign. Update Realign`,
    )
  }
  const parsed = packManifest.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map(String).join('.')
    throw invalid(
      place === undefined || place === ''
        ? String(issue?.message)
        : `"${place}": ${String(issue?.message)}`,
    )
  }
  const manifest: PackManifest = parsed.data
  checkFiles(manifest)
  return manifest
}

const REQUIRED_ROLES: Readonly<Record<PackManifest['task'], readonly PackFileRole[]>> = {
  'dual-encoder': ['image-graph', 'text-graph', 'tokenizer'],
  detector: ['graph', 'labels'],
  ocr: ['detection-graph', 'recognition-graph', 'alphabet'],
  captioner: ['graph', 'tokenizer'],
}

const REPEATABLE_ROLES: ReadonlySet<PackFileRole> = new Set(['data', 'other', 'licence'])

function checkFiles(manifest: PackManifest): void {
  const roles = manifest.files.map((entry) => entry.role)
  const missing = REQUIRED_ROLES[manifest.task].find((role) => !roles.includes(role))
  if (missing !== undefined) {
    throw invalid(`"files" names no ${missing}, which a ${manifest.task} pack needs`)
  }
  const repeated = roles.find(
    (role, index) => !REPEATABLE_ROLES.has(role) && roles.indexOf(role) !== index,
  )
  if (repeated !== undefined) throw invalid(`"files" names more than one ${repeated}`)
  const paths = manifest.files.map((entry) => entry.path.toLowerCase())
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice !== undefined) throw invalid(`"files" names ${twice} twice`)
  if (manifest.task !== 'dual-encoder') return
  const hasPatches = manifest.imageGraph.outputs.patches !== undefined
  if (hasPatches !== (manifest.patchGrid !== undefined)) {
    throw invalid('"imageGraph.outputs.patches" and "patchGrid" go together, and one is missing')
  }
  if (manifest.textTail !== undefined && !roles.includes('text-tail-graph')) {
    throw invalid('"textTail" needs a file of the role text-tail-graph')
  }
}

function isFromFuture(value: unknown): value is { readonly version: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    typeof value.version === 'number' &&
    value.version > PACK_VERSION
  )
}

function invalid(reason: string, cause?: unknown): AppError {
  return new AppError(
    'PACK_INVALID',
    `pack.json of this model pack cannot be used: ${reason}. Get the pack again, or mend the file.`,
    { cause },
  )
}
