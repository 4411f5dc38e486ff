import type { PackTask } from '../../shared/domain/pack.ts'

/**
 * Models that can be fetched. Only what was checked stands here: sizes, revisions and hashes that are null are taken
 * from the host when the download starts and kept in the pack (trust on first use).
 */
export interface CatalogueEntry {
  readonly id: string
  readonly name: string
  readonly task: PackTask
  /** SPDX identifier of the weights. */
  readonly licence: { readonly id: string; readonly url?: string }
  /** Repository on the host. */
  readonly repository: string
  /** A commit; null takes the newest and records which it was. */
  readonly revision: string | null
  readonly note: string
  readonly files: readonly CatalogueFile[]
}

export interface CatalogueFile {
  /** In the repository and in the folder. */
  readonly path: string
  readonly sizeBytes: number | null
  readonly sha256: string | null
}

export const CATALOGUE_HOST = 'https://huggingface.co'

const encoderFiles = [
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/vision_model.onnx',
  'onnx/text_model.onnx',
] as const

const detectorFiles = ['config.json', 'preprocessor_config.json', 'onnx/model.onnx'] as const

const CLIP_LICENCE = { id: 'MIT', url: 'https://github.com/openai/CLIP/blob/main/LICENSE' } as const
const APACHE = { id: 'Apache-2.0' } as const

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: 'clip-vit-base-patch32',
    name: 'CLIP ViT-B/32',
    task: 'dual-encoder',
    licence: CLIP_LICENCE,
    repository: 'Xenova/clip-vit-base-patch32',
    revision: 'd15189d7028b43f1d3e65039190477f6af591c2a',
    note: 'The fastest of the well-known encoders; English. Sees 224 x 224 pixels.',
    files: plain(encoderFiles),
  },
  {
    id: 'clip-vit-base-patch16',
    name: 'CLIP ViT-B/16',
    task: 'dual-encoder',
    licence: CLIP_LICENCE,
    repository: 'Xenova/clip-vit-base-patch16',
    revision: null,
    note: 'Sees finer detail than B/32 at about four times the work; English.',
    files: plain(encoderFiles),
  },
  {
    id: 'siglip2-base-patch16-224',
    name: 'SigLIP 2 base/16',
    task: 'dual-encoder',
    licence: APACHE,
    repository: 'onnx-community/siglip2-base-patch16-224-ONNX',
    revision: 'ba1f3b0843f24bc5417d38e19c37b287d719b2f4',
    note: 'Many languages, and better than CLIP at the same size. Reads 64 tokens.',
    files: plain(encoderFiles),
  },
  {
    id: 'mobileclip-s2',
    name: 'MobileCLIP S2',
    task: 'dual-encoder',
    licence: {
      id: 'LicenseRef-Apple-ML-Research',
      url: 'https://github.com/apple/ml-mobileclip/blob/main/LICENSE_weights_data',
    },
    repository: 'Xenova/mobileclip_s2',
    revision: null,
    note: 'Made for small machines. The weights are for research only: read the licence.',
    files: plain(encoderFiles),
  },
  {
    id: 'longclip-base',
    name: 'Long-CLIP B/16',
    task: 'dual-encoder',
    licence: { id: 'NOASSERTION', url: 'https://github.com/beichenzbc/Long-CLIP' },
    repository: 'BeichenZhang/LongCLIP-B',
    revision: null,
    note: 'Reads 248 tokens, so long captions are compared as a whole. Check the licence at its source. Its repository has PyTorch weights only: export them to ONNX in a folder, then install that.',
    files: [],
  },
  {
    id: 'rf-detr-nano',
    name: 'RF-DETR nano',
    task: 'detector',
    licence: APACHE,
    repository: 'onnx-community/rfdetr_nano-ONNX',
    revision: 'eae21cee0687a91bcf9fa071605c48d7705d2d91',
    note: 'Finds the 80 everyday things of COCO; small.',
    files: plain(detectorFiles),
  },
  {
    id: 'detr-resnet-50',
    name: 'DETR ResNet-50',
    task: 'detector',
    licence: APACHE,
    repository: 'Xenova/detr-resnet-50',
    revision: null,
    note: 'The 80 things of COCO, larger and slower. Its export takes a mask beside the picture, which Realign does not give: export it without one in a folder, then install that.',
    files: [],
  },
  {
    id: 'yolox-nano',
    name: 'YOLOX nano',
    task: 'detector',
    licence: APACHE,
    repository: 'Megvii-BaseDetection/YOLOX',
    revision: null,
    note: 'The 80 things of COCO, very small. Published as a file of its project, not on the host: put yolox_nano.onnx, the names and a pack.json in a folder, then install that.',
    files: [],
  },
  {
    id: 'owlv2-base-patch16',
    name: 'OWLv2 base/16',
    task: 'detector',
    licence: APACHE,
    repository: 'Xenova/owlv2-base-patch16-ensemble',
    revision: null,
    note: 'Finds what a text names. Realign cannot run this kind yet, so it is not offered for download.',
    files: [],
  },
  {
    id: 'pp-ocr',
    name: 'PP-OCR',
    task: 'ocr',
    licence: APACHE,
    repository: 'PaddlePaddle/PaddleOCR',
    revision: null,
    note: 'Reads written words. Comes with Realign; nothing has to be fetched.',
    files: [],
  },
]

/** How an entry's bytes are checked, in words for whoever installs it. */
export function describeTrust(entry: CatalogueEntry): string {
  if (entry.files.length === 0) return 'Not downloaded by Realign.'
  return entry.files.every((file) => file.sha256 !== null)
    ? 'Every file is compared with a hash that comes with Realign.'
    : 'Realign has no hashes of its own for this model: what the host sends, and the hashes it states, are trusted the first time and recorded, so that later damage or changes are noticed.'
}

function plain(paths: readonly string[]): readonly CatalogueFile[] {
  return paths.map((path) => ({ path, sizeBytes: null, sha256: null }))
}
