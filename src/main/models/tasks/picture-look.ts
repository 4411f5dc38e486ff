import type { DualEncoderPack } from '../../../shared/domain/pack.ts'
import { createImageVectorTask } from './dual-encoder-image.ts'
import { toPicture } from './placement.ts'
import type { PictureTask, PreparedPicture, PreparedView } from './task.ts'

/** Shares of the picture, 0 to 1. */
export interface PlaceInPicture {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What checks of texts keep of a picture: its vector, those of places in it, and its colours. */
export interface PictureLook {
  /** Of unit length. */
  readonly vector: Float32Array
  /** One vector a place, one after another, of unit length. */
  readonly cells: {
    readonly vectors: Float32Array
    readonly places: readonly PlaceInPicture[]
    /** Null where the places are tiles that overlap. */
    readonly grid: { readonly columns: number; readonly rows: number } | null
  }
  /** A small picture of what the encoder saw. */
  readonly colours: {
    /** RGB bytes, row by row. */
    readonly data: Uint8Array
    readonly width: number
    readonly height: number
    /** What of the picture it shows; may reach beyond it where the input was filled up. */
    readonly frame: PlaceInPicture
  }
}

const TASKS = {
  patches: createImageVectorTask({ tiles: false, patches: true }),
  tiles: createImageVectorTask({ tiles: true, patches: false }),
} as const

const MAX_COLOUR_SIDE = 96

/** Looks by patches where the pack has them, else by tiles, which costs ten times as much. */
export const pictureLookTask: PictureTask<DualEncoderPack, PictureLook> = {
  views: (pack) => taskFor(pack).views(pack),
  async run(runtime, pictures) {
    const { manifest } = runtime
    const found = await taskFor(manifest).run(runtime, pictures)
    return found.map(({ vector, tiles, patches }, index) => {
      const picture = pictures[index]
      const [view] = picture?.views ?? []
      if (picture === undefined || view === undefined) throw new Error('A picture has no view.')
      const colours = readColours(manifest, picture, view)
      if (patches !== null) {
        const { columns, rows, vectors } = patches
        const places = patchPlaces({ columns, rows }, picture, view)
        return { vector, colours, cells: { vectors, places, grid: { columns, rows } } }
      }
      const vectors = new Float32Array(tiles.length * manifest.dimension)
      for (const [at, tile] of tiles.entries()) vectors.set(tile.vector, at * manifest.dimension)
      const places = tiles.map(({ region }) => ({
        x: region.left / picture.width,
        y: region.top / picture.height,
        width: region.width / picture.width,
        height: region.height / picture.height,
      }))
      return { vector, colours, cells: { vectors, places, grid: null } }
    })
  },
}

function taskFor({ imageGraph, patchGrid }: DualEncoderPack) {
  return imageGraph.outputs.patches === undefined || patchGrid === undefined
    ? TASKS.tiles
    : TASKS.patches
}

function patchPlaces(
  grid: { readonly columns: number; readonly rows: number },
  picture: PreparedPicture,
  view: PreparedView,
): PlaceInPicture[] {
  const { width, height } = view.placement.tensor
  const [cellWidth, cellHeight] = [width / grid.columns, height / grid.rows]
  return Array.from({ length: grid.columns * grid.rows }, (_, index) =>
    place(picture, view, {
      left: (index % grid.columns) * cellWidth,
      top: Math.floor(index / grid.columns) * cellHeight,
      width: cellWidth,
      height: cellHeight,
    }),
  )
}

/** Where a part of the tensor lies in the picture, in shares of its sides. */
function place(
  picture: PreparedPicture,
  view: PreparedView,
  part: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  },
): PlaceInPicture {
  const from = toPicture({ x: part.left, y: part.top }, view)
  const to = toPicture({ x: part.left + part.width, y: part.top + part.height }, view)
  return {
    x: from.x / picture.width,
    y: from.y / picture.height,
    width: (to.x - from.x) / picture.width,
    height: (to.y - from.y) / picture.height,
  }
}

/** Turns a tensor back into bytes, with every so many pixels left out. */
function readColours(
  { image }: DualEncoderPack,
  picture: PreparedPicture,
  view: PreparedView,
): PictureLook['colours'] {
  const { width: fullWidth, height: fullHeight } = view.placement.tensor
  const step = Math.max(1, Math.ceil(Math.max(fullWidth, fullHeight) / MAX_COLOUR_SIDE))
  const width = Math.ceil(fullWidth / step)
  const height = Math.ceil(fullHeight / step)
  const data = new Uint8Array(width * height * 3)
  for (let channel = 0; channel < 3; channel += 1) {
    const source = (image.channels === 'rgb' ? channel : 2 - channel) * fullWidth * fullHeight
    const deviation = image.deviation[image.channels === 'rgb' ? channel : 2 - channel] ?? 1
    const mean = image.mean[image.channels === 'rgb' ? channel : 2 - channel] ?? 0
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const value = view.tensor[source + y * step * fullWidth + x * step] ?? 0
        const level = (value * deviation + mean) / image.scale
        data[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, Math.round(level)))
      }
    }
  }
  const whole = { left: 0, top: 0, width: fullWidth, height: fullHeight }
  return { data, width, height, frame: place(picture, view, whole) }
}
