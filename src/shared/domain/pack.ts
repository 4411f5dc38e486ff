/** What a model pack is: a folder with `pack.json` and the files that it names. See docs/formats/pack.md. */
export const PACK_FORMAT = 'realign-pack'
export const PACK_VERSION = 1

export const PACK_TASKS = ['dual-encoder', 'detector', 'ocr', 'captioner'] as const
export type PackTask = (typeof PACK_TASKS)[number]

/** One file each, but for `data` (weights that lie beside a graph) and `other`. */
export const PACK_FILE_ROLES = [
  'image-graph',
  'text-graph',
  'text-tail-graph',
  'graph',
  'detection-graph',
  'recognition-graph',
  'classification-graph',
  'data',
  'tokenizer',
  'tokenizer-config',
  'labels',
  'alphabet',
  'calibration',
  'moments',
  'reference',
  'card',
  'licence',
  'other',
] as const
export type PackFileRole = (typeof PACK_FILE_ROLES)[number]

export interface PackFile {
  readonly role: PackFileRole
  /** Relative to `pack.json`, with forward slashes, never leaving the folder. */
  readonly path: string
  /** The npm package whose folder `path` starts in instead; only in packs that come with Realign. */
  readonly package?: string | undefined
  readonly sizeBytes: number
  /** 64 lower-case hex digits. */
  readonly sha256: string
}

/** As Pillow has them, growing with the reduction; `linear-unscaled` is OpenCV's, which does not. */
export const PACK_KERNELS = ['nearest', 'linear', 'linear-unscaled', 'cubic', 'lanczos3'] as const
export type PackKernel = (typeof PACK_KERNELS)[number]

/** How a picture of any shape becomes the shape that a graph takes. */
export type PackResize =
  /** Both sides to the input size, whatever the shape. */
  | { readonly policy: 'squash'; readonly kernel: PackKernel }
  /** The short side to `shortEdgePx`, then the middle is cut out. */
  | { readonly policy: 'crop'; readonly kernel: PackKernel; readonly shortEdgePx: number }
  /** The whole picture inside the input size, the rest filled with one grey. */
  | {
      readonly policy: 'letterbox'
      readonly kernel: PackKernel
      readonly anchor: 'top-left' | 'centre'
      /** 0 to 255. */
      readonly fill: number
    }
  /** At most the input size, keeping the shape; each side becomes a multiple of `multiplePx`. */
  | { readonly policy: 'fit'; readonly kernel: PackKernel; readonly multiplePx: number }

type Triple = readonly [number, number, number]

/** From decoded pixels (0 to 255) to the tensor: `(pixel * scale - mean) / deviation`, channels first. */
export interface PackImageInput {
  readonly widthPx: number
  readonly heightPx: number
  readonly resize: PackResize
  readonly channels: 'rgb' | 'bgr'
  readonly scale: number
  /** In the order of `channels`. */
  readonly mean: Triple
  readonly deviation: Triple
}

/** The graph's own names for what goes in and comes out. */
interface Graph<Inputs, Outputs> {
  readonly inputs: Inputs
  readonly outputs: Outputs
}

export interface PackText {
  /** Most tokens of a text, special ones included. */
  readonly window: number
  /** `window` fills every text up with `padId`; `longest` only to the longest of its batch. */
  readonly padding: 'window' | 'longest'
  readonly padId: number
  /** Kept as the last token when a text is cut to the window; null where the tokenizer adds none. */
  readonly endId: number | null
  /** Put before every text, e.g. "a photo of ". */
  readonly prefix: string
}

interface PackCommon {
  readonly format: typeof PACK_FORMAT
  readonly version: typeof PACK_VERSION
  /** Lower-case words with hyphens; the name of its folder. */
  readonly id: string
  /** Changes whenever anything that changes results does. */
  readonly revision: string
  readonly name: string
  readonly licence: { readonly id: string; readonly url?: string | undefined }
  readonly source: { readonly url: string; readonly revision?: string | undefined }
  /** What the pack may be used for: `sample-world` packs know the bundled sample and nothing else. */
  readonly scope: { readonly images: 'any' | 'sample-world'; readonly note: string }
  /** Of the weights. */
  readonly precision: 'float32' | 'float16' | 'int8' | 'mixed'
  readonly files: readonly PackFile[]
}

export interface PackVocabularyThing {
  /** In the singular, in lower case; of one noun there is one detail. */
  readonly noun: string
  /** What the encoder is asked. */
  readonly asked: string
  /** Ready to be put into a text. */
  readonly phrase: string
}

export interface DualEncoderPack extends PackCommon {
  readonly task: 'dual-encoder'
  /** Of the vectors, which need not have unit length: they are normalised after the graph. */
  readonly dimension: number
  readonly image: PackImageInput
  readonly imageGraph: Graph<
    { readonly pixels: string },
    {
      /** [n, dimension] */
      readonly vector: string
      /** [n, rows * columns, dimension], row by row, in the space of the text vectors. */
      readonly patches?: string | undefined
    }
  >
  /** Things that many of its pictures show: asked of each picture to find what a caption leaves unsaid. */
  readonly vocabulary?: readonly PackVocabularyThing[] | undefined
  readonly patchGrid?: { readonly columns: number; readonly rows: number } | undefined
  readonly text: PackText
  readonly textGraph: Graph<
    { readonly ids: string; readonly attentionMask?: string | undefined },
    {
      /** [n, dimension], for whole captions, and for phrases where there is no output of their own. */
      readonly vector: string
      /** [n, dimension], compared with patches and images when a single phrase is asked for. */
      readonly phraseVector?: string | undefined
    }
  >
  /**
   * The gate tail: `text-graph` run with these further outputs gives what the `text-tail-graph` takes, which answers the
   * text vector for gates on the attention of the end token.
   */
  readonly textTail?:
    | {
        readonly layers: number
        readonly heads: number
        readonly states: {
          readonly endState: string
          readonly keys: string
          readonly values: string
        }
        readonly inputs: {
          readonly endState: string
          readonly keys: string
          readonly values: string
          readonly endIndex: string
          readonly gates: string
        }
        readonly outputs: { readonly vector: string }
      }
    | undefined
  /** What the model was trained to read its cosines with: `cosine * scale + bias`. */
  readonly logit?: { readonly scale: number; readonly bias: number } | undefined
}

export interface DetectorPack extends PackCommon {
  readonly task: 'detector'
  readonly image: PackImageInput
  readonly graph: Graph<
    { readonly pixels: string },
    | { readonly kind: 'yolox'; readonly predictions: string; readonly strides: readonly number[] }
    | {
        readonly kind: 'detr'
        /** [n, queries, 4], centre and size relative to the input. */
        readonly boxes: string
        /** [n, queries, classes] */
        readonly scores: string
        /** `softmax` scores have a last class "nothing". */
        readonly activation: 'softmax' | 'sigmoid'
      }
  >
  readonly scoreThreshold: number
  /** Boxes of one class that overlap more are one; null where the model needs none of that. */
  readonly overlapThreshold: number | null
}

export interface OcrPack extends PackCommon {
  readonly task: 'ocr'
  readonly detection: {
    readonly image: PackImageInput
    readonly input: string
    readonly output: string
  }
  readonly recognition: {
    readonly image: PackImageInput
    readonly input: string
    readonly output: string
  }
  readonly classification?:
    { readonly image: PackImageInput; readonly input: string; readonly output: string } | undefined
}

export interface CaptionerPack extends PackCommon {
  readonly task: 'captioner'
  readonly image: PackImageInput
  readonly prompt: string
  readonly maxTokens: number
}

export type PackManifest = DualEncoderPack | DetectorPack | OcrPack | CaptionerPack

/** Names a pack in results and on the disk; results of another revision are another pack's. */
export interface PackRef {
  readonly id: string
  readonly revision: string
}

/** The file of a role that a pack has one of, or undefined. */
export function findPackFile(manifest: PackManifest, role: PackFileRole): PackFile | undefined {
  return manifest.files.find((file) => file.role === role)
}
