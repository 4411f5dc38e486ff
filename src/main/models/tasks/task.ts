import type { PackFileRole, PackImageInput, PackManifest } from '../../../shared/domain/pack.ts'
import type { Graph } from '../graph.ts'
import type { VisiblePixels } from './image-tensor.ts'
import type { Placement, Region, Size } from './placement.ts'

/** A pack whose graphs can be run; each is loaded when it is first asked for. */
export interface PackRuntime<Pack extends PackManifest> {
  readonly manifest: Pack
  /** Absolute path of a file, PACK_FILE_MISSING when the pack has none of that role. */
  path(role: PackFileRole): string
  graph(role: PackFileRole): Promise<Graph>
  /** Makes something of the pack once and keeps it while the pack is loaded: a tokenizer, a list of labels. */
  keep<Value>(name: string, make: () => Promise<Value>): Promise<Value>
}

/** A part of the picture that a task wants as a tensor. */
export interface View {
  readonly region: Region
  readonly input: PackImageInput
}

export interface PreparedView extends View {
  readonly placement: Placement
  /** [3, height, width] of `placement.tensor` */
  readonly tensor: Float32Array
}

/** A decoded picture: upright, sRGB, transparency on white. */
export interface OpenPicture extends Size {
  prepare(views: readonly View[]): Promise<readonly PreparedView[]>
  /** All pixels, for tasks that cut out what they found. */
  pixels(): Promise<VisiblePixels>
}

export interface PreparedPicture {
  readonly picture: OpenPicture
  readonly views: readonly PreparedView[]
}

/**
 * What a pack does with pictures. `plan` and what decodes the outputs are pure and tested on arrays; only `run` needs
 * the runtime. Results cross to another process, so they are plain data and typed arrays.
 */
export interface PictureTask<Pack extends PackManifest, Result> {
  plan(pack: Pack, picture: Size): readonly View[]
  /** One result a picture, in their order. Views of one shape may go through the graph in one batch. */
  run(runtime: PackRuntime<Pack>, pictures: readonly PreparedPicture[]): Promise<readonly Result[]>
}

/** The picture as a whole. */
export function wholeView(input: PackImageInput, picture: Size): View {
  return { region: { left: 0, top: 0, width: picture.width, height: picture.height }, input }
}
