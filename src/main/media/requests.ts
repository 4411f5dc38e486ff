import type { ErrorCode } from '../../shared/errors.ts'
import type { ImageFormat } from './image-format.ts'

/** All that an import needs to know of a picture file. */
interface ImageFacts {
  /** Of the file's bytes, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  /** Whole milliseconds. */
  readonly mtimeMs: number
  /** As the picture is shown, so after its EXIF orientation. For SVG the size it asks for, rounded. */
  readonly width: number
  readonly height: number
  /** By content, whatever the file's name says. */
  readonly format: ImageFormat
  /** EXIF orientation, 1 to 8; 1 where the file has none. */
  readonly orientation: number
  readonly isAnimated: boolean
  /** 64 bits as 16 hex digits, see perceptual-hash.ts; pictures that look alike differ in few bits. */
  readonly perceptualHash: string
}

/** Why a file is no usable picture, with what was learned before that was found. */
interface ImageProblem {
  readonly code: ErrorCode
  readonly message: string
  readonly sizeBytes: number | null
  readonly mtimeMs: number | null
  readonly sha256: string | null
}

export type Probe = ({ readonly ok: true } & ImageFacts) | ({ readonly ok: false } & ImageProblem)

export interface ProbeArgs {
  /** Address of the picture (`base/picture-address.ts`), as in all requests. */
  readonly path: string
}

export interface ExtractArgs {
  readonly path: string
  /** The content hash that the picture must have; a file that changed since is refused. */
  readonly hash: string
  /** Absolute path of the file to write. */
  readonly target: string
}

/** A picture as it is, whatever it was when it was imported. */
export interface CopyArgs {
  readonly path: string
  /** Absolute path of the file to write. */
  readonly target: string
}

export interface RenderArgs extends ExtractArgs {
  /** Longest side of the result in pixels; smaller pictures are not enlarged, but SVG is drawn at this size. */
  readonly maxPx: number
  /** WebP quality, 1 to 100. */
  readonly quality: number
}

export interface SharpnessArgs {
  readonly path: string
  readonly hash: string
}

export interface MeasureArgs {
  readonly path: string
  readonly hash: string
  /** Made on the way, of the pixels that are in hand; null where there is one. */
  readonly thumbnail: Pick<RenderArgs, 'target' | 'maxPx' | 'quality'> | null
}
