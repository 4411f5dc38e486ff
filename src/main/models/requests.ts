import type { TextSpan } from '../../shared/domain/text-unit.ts'
import type { DeviceReport, DeviceWish } from './device.ts'
import type { LoadedGraphInfo, PackPlace } from './session-pool.ts'
import type { FoundBox } from './tasks/detector.ts'
import type { ImageVectors } from './tasks/dual-encoder-image.ts'
import type { TextKind, TextVector } from './tasks/dual-encoder-text.ts'
import type { Hue } from './tasks/hues.ts'
import type { PictureLook } from './tasks/picture-look.ts'
import type { PlaceScores } from './tasks/place-scores.ts'
import type { FoundLine } from './tasks/ocr.ts'
import type { UncoveredPart } from './tasks/uncovered.ts'
import type { NearImages, NearImagesRequest, SearchAnswer, SearchRequest } from './vector-search.ts'

/** Somebody waits for `interactive` work with eyes on the screen; it goes before the rest. */
export type Urgency = 'interactive' | 'background'

/** What the inference process can be asked for. Pictures are sent as paths, never as pixels. */
export interface PictureCall {
  readonly pack: PackPlace
  readonly task: PictureTaskName
  readonly path: string
  /** Content hash that the file must have. */
  readonly hash: string | null
  readonly urgency: Urgency
}

export type PictureTaskName = 'vector' | 'tiles' | 'patches' | 'look' | 'boxes' | 'lines'

/** What each task answers for one picture. */
export interface PictureAnswers {
  readonly vector: ImageVectors
  readonly tiles: ImageVectors
  readonly patches: ImageVectors
  readonly look: PictureLook
  /** Of a detector. */
  readonly boxes: readonly FoundBox[]
  /** Of an OCR pack. */
  readonly lines: readonly FoundLine[]
}

export interface TextCall {
  readonly pack: PackPlace
  readonly texts: readonly string[]
  readonly kind: TextKind
  readonly urgency: Urgency
}

/** Asks how phrases and sentences fit one picture. */
export interface LookCall {
  readonly pack: PackPlace
  readonly path: string
  /** Content hash of the picture, which the file must have. */
  readonly hash: string
  readonly urgency: Urgency
  readonly phrases: readonly {
    readonly text: string
    /** Which null phrases of the pack's moments it is held against; null where that is not wanted. */
    readonly moments: string | null
    readonly wantsHues: boolean
    /** Of the places that fit, instead of the frame around them, which has a background in its corners. */
    readonly wantsOwnHues?: boolean
  }[]
  /** Compared as whole texts. */
  readonly sentences: readonly string[]
  /** Sentences with the words whose share in the fit is wanted. */
  readonly gated: readonly { readonly text: string; readonly words: readonly TextSpan[] }[]
  /** Of the soft maximum over places. */
  readonly sharpness: number
  /**
   * Asks what is left of the picture: its colours, and, where phrases are given that are said already, what they leave out.
   */
  readonly rest?: { readonly said: readonly string[] | null }
}

export interface PhraseLook {
  /** With the whole picture. */
  readonly cosine: number
  /** Normalised by the moments of the pack; null where it has none, or none were asked for. */
  readonly z: number | null
  readonly places: PlaceScores
  /** Of the region; null unless asked for. */
  readonly hues: Readonly<Record<Hue, number>> | null
  /** Of the places themselves; absent unless asked for. */
  readonly ownHues?: Readonly<Record<Hue, number>>
}

export interface LookAnswer {
  readonly phrases: readonly PhraseLook[]
  readonly sentences: readonly number[]
  readonly gates: readonly (readonly (number | null)[])[]
  /** Null unless it was asked for. */
  readonly rest: PictureRest | null
}

/** What is left of a picture; a few numbers, as its places never leave the process. */
interface PictureRest {
  /** At most four; empty unless phrases were given. */
  readonly parts: readonly UncoveredPart[]
  /** Of the whole picture. */
  readonly hues: Readonly<Record<Hue, number>>
}

export interface InferenceStatus {
  readonly devices: DeviceReport
  readonly loaded: readonly LoadedGraphInfo[]
  readonly memoryBytes: number
  /** By pack and task: the batch size in use and, once measured, images a second of compute alone. */
  readonly rates: readonly {
    readonly pack: string
    readonly task: string
    readonly batch: number
    readonly perSecond: number | null
  }[]
}

/** How the process is set up; it starts anew when that changes. */
export interface InferenceSettings {
  readonly device: DeviceWish
  readonly budgetBytes: number
  readonly idleMs: number
}

export interface InferenceCalls {
  /** Answered once the process works; tells it how to. */
  hello(args: Readonly<Record<string, never>>): null
  picture(args: PictureCall): PictureAnswers[PictureTaskName]
  texts(args: TextCall): readonly TextVector[]
  look(args: LookCall): LookAnswer
  search(args: SearchRequest): SearchAnswer
  nearImages(args: NearImagesRequest): NearImages
  inspect(args: { readonly path: string }): {
    readonly inputs: readonly string[]
    readonly outputs: readonly string[]
  }
  status(args: Readonly<Record<string, never>>): InferenceStatus
}
