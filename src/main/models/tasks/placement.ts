import type { PackImageInput } from '../../../shared/domain/pack.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Region extends Size {
  readonly left: number
  readonly top: number
}

/** A part of a picture in fractions of its sides, 0 to 1. */
export interface Part {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export const WHOLE: Part = { left: 0, top: 0, width: 1, height: 1 }

/** A part in whole pixels, at least one. */
export function regionOf(part: Part, picture: Size): Region {
  const left = Math.min(Math.round(part.left * picture.width), picture.width - 1)
  const top = Math.min(Math.round(part.top * picture.height), picture.height - 1)
  const right = Math.round((part.left + part.width) * picture.width)
  const bottom = Math.round((part.top + part.height) * picture.height)
  return {
    left,
    top,
    width: Math.max(1, Math.min(right, picture.width) - left),
    height: Math.max(1, Math.min(bottom, picture.height) - top),
  }
}

/** Where a resized region lies in the tensor that a graph takes. */
export interface Placement {
  readonly tensor: Size
  /** The region after resizing. */
  readonly content: Size
  /** Place of the content's corner in the tensor; negative where it is cut off. */
  readonly left: number
  readonly top: number
}

/** Works out how a region of this size is resized, cut and filled up. */
export function placeRegion(input: PackImageInput, region: Size): Placement {
  const full = { width: input.widthPx, height: input.heightPx }
  const { resize } = input
  switch (resize.policy) {
    case 'squash':
      return { tensor: full, content: full, left: 0, top: 0 }
    case 'crop': {
      const content = scaleShortEdge(region, resize.shortEdgePx)
      return { tensor: full, content, ...centre(full, content) }
    }
    case 'letterbox': {
      const ratio = Math.min(full.width / region.width, full.height / region.height)
      // Truncated, as YOLOX's own preparation does.
      const content = scale(region, ratio, Math.trunc)
      const place = resize.anchor === 'centre' ? centre(full, content) : { left: 0, top: 0 }
      return { tensor: full, content, ...place }
    }
    case 'fit': {
      const ratio = Math.min(1, full.width / region.width, full.height / region.height)
      const { multiplePx } = resize
      const content = scale(region, ratio, (side) =>
        Math.max(multiplePx, Math.round(side / multiplePx) * multiplePx),
      )
      return { tensor: content, content, left: 0, top: 0 }
    }
  }
}

/** The place in the picture of a point of the tensor. */
export function toPicture(
  point: { readonly x: number; readonly y: number },
  view: { readonly region: Region; readonly placement: Placement },
): { readonly x: number; readonly y: number } {
  const { region, placement } = view
  return {
    x: region.left + ((point.x - placement.left) * region.width) / placement.content.width,
    y: region.top + ((point.y - placement.top) * region.height) / placement.content.height,
  }
}

/** The long side is truncated, as CLIP's own preparation does. */
function scaleShortEdge(region: Size, shortPx: number): Size {
  return region.width <= region.height
    ? { width: shortPx, height: Math.trunc((shortPx * region.height) / region.width) }
    : { width: Math.trunc((shortPx * region.width) / region.height), height: shortPx }
}

function scale(size: Size, ratio: number, round: (side: number) => number): Size {
  return {
    width: Math.max(1, round(size.width * ratio)),
    height: Math.max(1, round(size.height * ratio)),
  }
}

/** The upper left one of two middles, where there are two. */
function centre(tensor: Size, content: Size): { readonly left: number; readonly top: number } {
  const start = (outer: number, inner: number): number =>
    inner > outer ? -Math.floor((inner - outer) / 2) : Math.floor((outer - inner) / 2)
  return {
    left: start(tensor.width, content.width),
    top: start(tensor.height, content.height),
  }
}
