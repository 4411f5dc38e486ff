import { z } from 'zod'
import type { PackImageInput, PackKernel, PackResize } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'

const side = z.number().int().positive()
const sized = z.union([
  side,
  z.object({
    shortest_edge: side.optional(),
    longest_edge: side.optional(),
    height: side.optional(),
    width: side.optional(),
  }),
])
const triple = z.tuple([z.number(), z.number(), z.number()])

/** preprocessor_config.json, as transformers writes it; what is left out has the value of its image processors. */
const preprocessor = z.object({
  do_resize: z.boolean().default(true),
  size: sized.optional(),
  resample: z.number().int().optional(),
  do_center_crop: z.boolean().optional(),
  crop_size: sized.optional(),
  do_pad: z.boolean().default(false),
  do_rescale: z.boolean().default(true),
  rescale_factor: z.number().default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: triple.optional(),
  image_std: triple.optional(),
})

const towerConfig = z.object({
  max_position_embeddings: side.optional(),
  hidden_size: side.optional(),
  image_size: z.union([side, z.array(side)]).optional(),
  patch_size: side.optional(),
  pad_token_id: z.number().int().nullable().optional(),
  projection_size: side.optional(),
})

/** config.json: only what a manifest needs. */
const config = z.object({
  model_type: z.string(),
  projection_dim: side.optional(),
  text_config: towerConfig.optional(),
  vision_config: towerConfig.optional(),
  id2label: z.record(z.string(), z.string()).optional(),
})
export type HubConfig = z.infer<typeof config>
export type HubPreprocessor = z.infer<typeof preprocessor>

export const tokenizerConfig = z.object({
  pad_token: z.union([z.string(), z.object({ content: z.string() })]).nullish(),
  model_max_length: z.number().optional(),
})

export function parseHubConfig(value: unknown): HubConfig {
  const parsed = config.safeParse(value)
  if (parsed.success) return parsed.data
  throw unrecognised('its config.json has no "model_type"')
}

export function parseHubPreprocessor(value: unknown): HubPreprocessor {
  const parsed = preprocessor.safeParse(value)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
  throw unrecognised(`"${place}" in its preprocessor_config.json is not what Realign knows`)
}

/** The numbers that Pillow gives its filters. */
const KERNELS: Readonly<Record<number, PackKernel>> = {
  0: 'nearest',
  1: 'lanczos3',
  2: 'linear',
  3: 'cubic',
}

/** How transformers' image processor of such a configuration prepares a picture. */
export function toImageInput(
  given: HubPreprocessor,
  defaults: { readonly resample: number; readonly mean: Triple; readonly deviation: Triple },
): PackImageInput {
  const kernel = KERNELS[given.resample ?? defaults.resample]
  if (kernel === undefined) throw unrecognised('its pictures are resized with an unknown filter')
  const { widthPx, heightPx, resize } = readShape(given, kernel)
  return {
    widthPx,
    heightPx,
    resize,
    channels: 'rgb',
    scale: given.do_rescale ? given.rescale_factor : 1,
    mean: given.do_normalize ? (given.image_mean ?? defaults.mean) : [0, 0, 0],
    deviation: given.do_normalize ? (given.image_std ?? defaults.deviation) : [1, 1, 1],
  }
}

type Triple = readonly [number, number, number]

function readShape(
  given: HubPreprocessor,
  kernel: PackKernel,
): { readonly widthPx: number; readonly heightPx: number; readonly resize: PackResize } {
  const size = readSize(given.size)
  const crop = given.do_center_crop === false ? null : readSize(given.crop_size)
  if (size.shortest !== undefined && crop?.width !== undefined && crop.height !== undefined) {
    const resize = { policy: 'crop', kernel, shortEdgePx: size.shortest } as const
    return { widthPx: crop.width, heightPx: crop.height, resize }
  }
  if (size.width !== undefined && size.height !== undefined) {
    return {
      widthPx: size.width,
      heightPx: size.height,
      resize: given.do_pad
        ? { policy: 'letterbox', kernel, anchor: 'top-left', fill: 0 }
        : { policy: 'squash', kernel },
    }
  }
  if (size.shortest !== undefined && size.longest !== undefined) {
    const resize = { policy: 'fit', kernel, multiplePx: 32 } as const
    return { widthPx: size.longest, heightPx: size.longest, resize }
  }
  throw unrecognised('its preprocessor_config.json does not say how large pictures are')
}

interface ReadSize {
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly shortest?: number | undefined
  readonly longest?: number | undefined
}

/** A plain number means the short side as a size, and both sides as a crop. */
function readSize(given: HubPreprocessor['size']): ReadSize {
  if (given === undefined) return {}
  if (typeof given === 'number') return { width: given, height: given, shortest: given }
  return {
    width: given.width,
    height: given.height,
    shortest: given.shortest_edge,
    longest: given.longest_edge,
  }
}

export function unrecognised(reason: string): AppError {
  return new AppError(
    'PACK_UNRECOGNISED',
    `The folder cannot be made a model pack: ${reason}. Realign reads CLIP, SigLIP and DETR style models with ONNX files; for others write a pack.json.`,
  )
}
