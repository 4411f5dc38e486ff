export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where the picture lies on the stage: its top left corner, and CSS pixels per picture pixel. */
export interface Viewport extends Point {
  readonly scale: number
}

/** What the user asked for. `fit` and `actual` hold while the stage changes its size. */
export type View =
  | { readonly kind: 'fit' }
  | { readonly kind: 'actual' }
  | { readonly kind: 'free'; readonly viewport: Viewport }

export interface StageGeometry {
  readonly image: Size
  readonly stage: Size
  /** Device pixels per CSS pixel: at 1:1 one picture pixel covers one device pixel. */
  readonly pixelRatio: number
}

/** Room that "fit" leaves around the picture, in CSS pixels. */
const FIT_MARGIN = 24
/** "Fit" enlarges small pictures, but not to a blur. */
const FIT_MAX_SCALE = 3
/** Device pixels per picture pixel at the closest zoom. */
const MAX_MAGNIFICATION = 32

/** Works out where the picture lies for a view, always clamped to the stage. */
export function toViewport(view: View, geometry: StageGeometry): Viewport {
  switch (view.kind) {
    case 'fit':
      return centre(fitScale(geometry), geometry)
    case 'actual':
      return centre(1 / geometry.pixelRatio, geometry)
    case 'free':
      return clamp(view.viewport, geometry)
  }
}

/** Scale at which the whole picture can be seen with a margin around it. */
export function fitScale({ image, stage }: StageGeometry): number {
  const margin = Math.min(FIT_MARGIN, stage.width * 0.06, stage.height * 0.06)
  const horizontal = (stage.width - 2 * margin) / image.width
  const vertical = (stage.height - 2 * margin) / image.height
  return Math.max(Math.min(horizontal, vertical, FIT_MAX_SCALE), Number.EPSILON)
}

export function scaleLimits(geometry: StageGeometry): { min: number; max: number } {
  const actual = 1 / geometry.pixelRatio
  return {
    min: Math.min(fitScale(geometry), actual) / 2,
    max: Math.max(MAX_MAGNIFICATION * actual, fitScale(geometry)),
  }
}

/** Zooms by a factor so that the picture point under `pointer` (stage pixels) stays where it is. */
export function zoomAt(
  viewport: Viewport,
  geometry: StageGeometry,
  { pointer, factor }: { readonly pointer: Point; readonly factor: number },
): Viewport {
  const { min, max } = scaleLimits(geometry)
  const scale = Math.min(Math.max(viewport.scale * factor, min), max)
  const ratio = scale / viewport.scale
  return clamp(
    {
      scale,
      x: pointer.x - (pointer.x - viewport.x) * ratio,
      y: pointer.y - (pointer.y - viewport.y) * ratio,
    },
    geometry,
  )
}

/** Moves the picture by stage pixels. */
export function panBy(viewport: Viewport, geometry: StageGeometry, by: Point): Viewport {
  return clamp({ ...viewport, x: viewport.x + by.x, y: viewport.y + by.y }, geometry)
}

/** Keeps the stage covered: a picture smaller than the stage is centred, a larger one has no gap. */
function clamp(viewport: Viewport, { image, stage }: StageGeometry): Viewport {
  return {
    scale: viewport.scale,
    x: clampAxis(viewport.x, image.width * viewport.scale, stage.width),
    y: clampAxis(viewport.y, image.height * viewport.scale, stage.height),
  }
}

export function stageCentre({ stage }: StageGeometry): Point {
  return { x: stage.width / 2, y: stage.height / 2 }
}

/** True when the preview of that width has fewer pixels than the screen shows. */
export function needsOriginal(
  viewport: Viewport,
  { image, pixelRatio }: StageGeometry,
  previewLongerSide: number,
): boolean {
  const longerSide = Math.max(image.width, image.height)
  if (longerSide <= previewLongerSide) return false
  return longerSide * viewport.scale * pixelRatio > previewLongerSide * 1.02
}

/**
 * The part of a picture that a trainer with a centre crop keeps: its largest centred square, in
 * picture pixels, and the share of the picture's area that is cut off.
 */
export function centreCrop(image: Size): Point & { side: number; lostShare: number } {
  const side = Math.min(image.width, image.height)
  return {
    side,
    x: (image.width - side) / 2,
    y: (image.height - side) / 2,
    lostShare: 1 - (side * side) / (image.width * image.height),
  }
}

function centre(scale: number, { image, stage }: StageGeometry): Viewport {
  return {
    scale,
    x: (stage.width - image.width * scale) / 2,
    y: (stage.height - image.height * scale) / 2,
  }
}

function clampAxis(offset: number, length: number, stageLength: number): number {
  if (length <= stageLength) return (stageLength - length) / 2
  return Math.min(Math.max(offset, stageLength - length), 0)
}
