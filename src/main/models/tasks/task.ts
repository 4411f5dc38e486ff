import type { PackFileRole, PackImageInput, PackManifest } from '../../../shared/domain/pack.ts'
import type { Graph } from '../graph.ts'
import type { VisiblePixels } from './image-tensor.ts'
import type { Part, Placement, Region, Size } from './placement.ts'

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
  readonly part: Part
  readonly input: PackImageInput
}

export interface PreparedView {
  /** The part in pixels of the upright picture. */
  readonly region: Region
  readonly placement: Placement
  /** [3, height, width] of `placement.tensor` */
  readonly tensor: Float32Array
}

export interface PreparedPicture extends Size {
  readonly views: readonly PreparedView[]
  /** All pixels (upright, RGB as in the file, transparency on white), decoded anew: for tasks that cut out what they found. */
  pixels(): Promise<VisiblePixels>
}

/**
 * What a pack does with pictures. `views` and what decodes the outputs are pure and tested on arrays; only `run` needs
 * the runtime. Results cross to another process, so they are plain data and typed arrays.
 */
export interface PictureTask<Pack extends PackManifest, Result> {
  /** The same for every picture, because pictures are prepared in other threads. */
  views(pack: Pack): readonly View[]
  /** One result a picture, in their order. Views of one shape may go through the graph in one batch. */
  run(runtime: PackRuntime<Pack>, pictures: readonly PreparedPicture[]): Promise<readonly Result[]>
}
