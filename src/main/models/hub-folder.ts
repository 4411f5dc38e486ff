import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  PACK_FORMAT,
  PACK_VERSION,
  type PackFile,
  type PackFileRole,
  type PackManifest,
} from '../../shared/domain/pack.ts'
import { hashFile } from './file-hash.ts'
import {
  parseHubConfig,
  parseHubPreprocessor,
  toImageInput,
  tokenizerConfig,
  unrecognised,
  type HubConfig,
  type HubPreprocessor,
} from './hub-config.ts'
import { MANIFEST_NAME } from './pack-folder.ts'
import { parsePackManifest } from './pack-manifest.ts'
import type { WorkOptions } from './store.ts'

/** The names that a model file gives to what goes in and comes out. Throws PACK_GRAPH_INVALID for a file that is none. */
export type InspectGraph = (
  path: string,
) => Promise<{ readonly inputs: readonly string[]; readonly outputs: readonly string[] }>

/** What a folder does not say of itself. */
export interface HubFacts {
  readonly id: string
  readonly name: string
  readonly licence: PackManifest['licence']
  readonly source: PackManifest['source']
  readonly scopeNote: string
}

/** The weights to take where a folder has several, the most exact first. */
const PRECISIONS = [
  { suffix: '', precision: 'float32' },
  { suffix: '_fp16', precision: 'float16' },
  { suffix: '_quantized', precision: 'int8' },
] as const
type Precision = (typeof PRECISIONS)[number]

const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073] as const
const CLIP_DEVIATION = [0.26862954, 0.26130258, 0.27577711] as const
const HALF = [0.5, 0.5, 0.5] as const
const IMAGENET_MEAN = [0.485, 0.456, 0.406] as const
const IMAGENET_DEVIATION = [0.229, 0.224, 0.225] as const

export function isHubFolder(names: readonly string[]): boolean {
  return names.includes('config.json') && names.includes('preprocessor_config.json')
}

/**
 * Writes the `pack.json` of a folder as a model hub has it (config.json, preprocessor_config.json, tokenizer.json,
 * onnx/*.onnx), by reading its configurations and asking the model files for their names. The revision is made of all
 * hashes. Throws PACK_UNRECOGNISED for a kind of model that Realign does not know.
 */
export async function writeHubManifest(
  folder: string,
  options: {
    readonly facts: HubFacts
    readonly inspect: InspectGraph
    /** Gives the end and padding tokens: the tokenizer's library, not its files, knows its special tokens. */
    readonly loadEncoder: LoadEncoder
    readonly work?: WorkOptions
  },
): Promise<PackManifest> {
  const config = parseHubConfig(await readJson(folder, 'config.json'))
  const preprocessor = parseHubPreprocessor(await readJson(folder, 'preprocessor_config.json'))
  const source = { folder, config, preprocessor, inspect: options.inspect }
  const described = isDualEncoder(config)
    ? await describeDualEncoder(source, options.loadEncoder)
    : await describeDetector(source)
  const files = await Promise.all(
    described.files.map((file) => measureFile(folder, file, options.work ?? {})),
  )
  const { facts } = options
  const manifest = {
    format: PACK_FORMAT,
    version: PACK_VERSION,
    id: facts.id,
    revision: revisionOf(files),
    name: facts.name,
    licence: facts.licence,
    source: facts.source,
    scope: { images: 'any', note: facts.scopeNote },
    precision: described.precision,
    files,
    ...described.task,
  }
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  const checked = parsePackManifest(text)
  await writeFile(join(folder, MANIFEST_NAME), text)
  return checked
}

/** A name for the pack of a folder that somebody chose by hand. */
export function packIdOf(folder: string): string {
  const id = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-+|-+$/g, '')
  return id === '' ? 'model' : id
}

type LoadEncoder = (paths: {
  readonly tokenizer: string
  readonly config: string | null
}) => Promise<(text: string) => readonly number[]>

interface HubSource {
  readonly folder: string
  readonly config: HubConfig
  readonly preprocessor: HubPreprocessor
  readonly inspect: InspectGraph
}

interface Described {
  readonly files: readonly { readonly role: PackFileRole; readonly path: string }[]
  readonly precision: Precision['precision']
  readonly task: Readonly<Record<string, unknown>>
}

function isDualEncoder(config: HubConfig): boolean {
  return config.text_config !== undefined && config.vision_config !== undefined
}

async function describeDualEncoder(
  source: HubSource,
  loadEncoder: LoadEncoder,
): Promise<Described> {
  const { folder, config, preprocessor } = source
  const isSiglip = config.model_type.startsWith('siglip')
  const { suffix, precision } = await choosePrecision(folder, ['vision_model', 'text_model'])
  const paths = {
    image: `onnx/vision_model${suffix}.onnx`,
    text: `onnx/text_model${suffix}.onnx`,
  }
  const image = await source.inspect(join(folder, paths.image))
  const text = await source.inspect(join(folder, paths.text))
  const hasTokenizerConfig = await exists(folder, 'tokenizer_config.json')
  const tokens = await readTokens(source, loadEncoder, { isSiglip, hasTokenizerConfig })
  const mask = text.inputs.find((name) => name === 'attention_mask')
  return {
    precision,
    files: [
      { role: 'image-graph', path: paths.image },
      { role: 'text-graph', path: paths.text },
      ...(await dataFiles(folder, Object.values(paths))),
      { role: 'tokenizer', path: 'tokenizer.json' },
      ...(hasTokenizerConfig
        ? [{ role: 'tokenizer-config' as const, path: 'tokenizer_config.json' }]
        : []),
    ],
    task: {
      task: 'dual-encoder',
      dimension: dimensionOf(config),
      image: toImageInput(preprocessor, {
        resample: 3,
        mean: isSiglip ? HALF : CLIP_MEAN,
        deviation: isSiglip ? HALF : CLIP_DEVIATION,
      }),
      imageGraph: {
        inputs: { pixels: pick(image.inputs, ['pixel_values']) },
        outputs: { vector: pick(image.outputs, VECTOR_NAMES.image) },
      },
      text: tokens,
      textGraph: {
        inputs: {
          ids: pick(text.inputs, ['input_ids']),
          ...(mask === undefined ? {} : { attentionMask: mask }),
        },
        outputs: { vector: pick(text.outputs, VECTOR_NAMES.text) },
      },
    },
  }
}

const VECTOR_NAMES = {
  image: ['image_embeds', 'pooler_output'],
  text: ['text_embeds', 'pooler_output'],
} as const

/** SigLIP's towers answer their own width, CLIP's the width of a shared projection. */
function dimensionOf(config: HubConfig): number {
  const width =
    config.projection_dim ??
    config.text_config?.projection_size ??
    config.vision_config?.hidden_size ??
    // What transformers leaves out of config.json has its default.
    (config.model_type.startsWith('siglip') ? 768 : 512)
  return width
}

async function readTokens(
  { folder, config }: HubSource,
  loadEncoder: LoadEncoder,
  how: { readonly isSiglip: boolean; readonly hasTokenizerConfig: boolean },
): Promise<object> {
  const encode = await loadEncoder({
    tokenizer: join(folder, 'tokenizer.json'),
    config: how.hasTokenizerConfig ? join(folder, 'tokenizer_config.json') : null,
  })
  const given = how.hasTokenizerConfig
    ? tokenizerConfig.safeParse(await readJson(folder, 'tokenizer_config.json')).data
    : undefined
  const padWord = typeof given?.pad_token === 'string' ? given.pad_token : given?.pad_token?.content
  // Special tokens are kept whole by a tokenizer, whatever surrounds them.
  const special = encode('')
  const padded = padWord === undefined ? [] : encode(padWord)
  const endId = special.at(-1) ?? null
  const padId =
    padded.find((id, index) => id !== special[index]) ??
    (padded.length > special.length ? endId : null) ??
    config.text_config?.pad_token_id ??
    endId ??
    0
  return {
    window: config.text_config?.max_position_embeddings ?? (how.isSiglip ? 64 : 77),
    // SigLIP was trained on full windows; CLIP looks no further than the end token.
    padding: how.isSiglip ? 'window' : 'longest',
    padId,
    endId,
    prefix: '',
  }
}

async function describeDetector(source: HubSource): Promise<Described> {
  const { folder, config, preprocessor } = source
  const labels = readLabels(config)
  const { suffix, precision } = await choosePrecision(folder, ['model'])
  const path = `onnx/model${suffix}.onnx`
  const { inputs, outputs } = await source.inspect(join(folder, path))
  if (inputs.length > 1) {
    throw unrecognised(`its model wants ${inputs.join(', ')}, and Realign only gives pictures`)
  }
  await writeFile(join(folder, LABELS_NAME), `${labels.join('\n')}\n`)
  return {
    precision,
    files: [
      { role: 'graph', path },
      ...(await dataFiles(folder, [path])),
      { role: 'labels', path: LABELS_NAME },
    ],
    task: {
      task: 'detector',
      image: toImageInput(preprocessor, {
        resample: 2,
        mean: IMAGENET_MEAN,
        deviation: IMAGENET_DEVIATION,
      }),
      graph: {
        inputs: { pixels: pick(inputs, ['pixel_values', 'input', 'images']) },
        outputs: {
          kind: 'detr',
          boxes: pick(outputs, ['pred_boxes', 'dets', 'boxes']),
          scores: pick(outputs, ['logits', 'labels', 'scores']),
          activation: /^(?:detr|yolos|table-transformer)/.test(config.model_type)
            ? 'softmax'
            : 'sigmoid',
        },
      },
      scoreThreshold: 0.5,
      overlapThreshold: null,
    },
  }
}

const LABELS_NAME = 'labels.txt'

function readLabels({ id2label }: HubConfig): readonly string[] {
  const entries = Object.entries(id2label ?? {}).sort(
    ([left], [right]) => Number(left) - Number(right),
  )
  if (entries.length === 0) {
    throw unrecognised('it is neither an image-text encoder nor a detector with named classes')
  }
  const labels: string[] = []
  for (const [id, label] of entries) labels[Number(id)] = label.replaceAll(/\s+/g, ' ')
  return Array.from(labels, (label: string | undefined) => label ?? 'N/A')
}

async function choosePrecision(folder: string, names: readonly string[]): Promise<Precision> {
  const present = await readdir(join(folder, 'onnx')).catch((): string[] => [])
  const found = PRECISIONS.find(({ suffix }) =>
    names.every((name) => present.includes(`${name}${suffix}.onnx`)),
  )
  if (found !== undefined) return found
  throw unrecognised(`it has no onnx/${names.map((name) => `${name}.onnx`).join(' and no onnx/')}`)
}

/** Weights too large for one ONNX file lie beside it. */
async function dataFiles(
  folder: string,
  graphs: readonly string[],
): Promise<readonly { readonly role: 'data'; readonly path: string }[]> {
  const names = await readdir(join(folder, 'onnx'))
  return graphs
    .flatMap((path) => [`${path}_data`, `${path}.data`])
    .filter((path) => names.includes(basename(path)))
    .map((path) => ({ role: 'data' as const, path }))
}

function pick(names: readonly string[], known: readonly string[]): string {
  const found = known.find((name) => names.includes(name))
  if (found !== undefined) return found
  throw unrecognised(`its model has ${names.join(', ')}, but ${known.join(' or ')} was expected`)
}

async function measureFile(
  folder: string,
  file: { readonly role: PackFileRole; readonly path: string },
  work: WorkOptions,
): Promise<PackFile> {
  const path = join(folder, ...file.path.split('/'))
  const { size } = await stat(path).catch(() => {
    throw unrecognised(`${file.path} is missing`)
  })
  return { ...file, sizeBytes: size, sha256: await hashFile(path, work) }
}

function revisionOf(files: readonly PackFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.path} ${file.sha256}\n`)
  return hash.digest('hex').slice(0, 12)
}

async function readJson(folder: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, name), 'utf8'))
  } catch {
    throw unrecognised(`its ${name} is missing or no JSON`)
  }
}

function exists(folder: string, name: string): Promise<boolean> {
  return stat(join(folder, name)).then(
    (stats) => stats.isFile(),
    () => false,
  )
}
