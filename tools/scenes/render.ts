import sharp from 'sharp'
import { findIcon } from './art.ts'
import type { Box, SceneGraph, SceneGroup } from './graph.ts'
import { paintBody } from './paint.ts'
import type { Pixels, Raster } from './raster.ts'
import { rasterise, rasteriseOpaque } from './raster.ts'
import { scenery } from './scenery/draw.ts'
import { REFERENCE_HEIGHT } from './scenery/scenery.ts'
import { signBody, signSize } from './sign.ts'
import { spriteRows } from './sprites.ts'
import type { SpriteRow } from './sprites.ts'

/** Keeps drawings that were asked for lately, so that a long run draws few things twice. */
export interface SpriteCache {
  readonly get: (key: string, draw: () => Promise<Pixels>) => Promise<Pixels>
}

/** A cache that drops what was used longest ago when it holds more than `limitBytes` of pixels. */
export function createSpriteCache(limitBytes = 384 * 1024 * 1024): SpriteCache {
  const held = new Map<string, Promise<Pixels>>()
  const sizes = new Map<string, number>()
  let total = 0
  function drop(): void {
    for (const [key, size] of sizes) {
      if (total <= limitBytes) return
      sizes.delete(key)
      held.delete(key)
      total -= size
    }
  }
  return {
    get(key, draw) {
      const known = held.get(key)
      if (known) {
        const size = sizes.get(key)
        if (size !== undefined) {
          sizes.delete(key)
          sizes.set(key, size)
        }
        return known
      }
      const drawn = draw().then((raster) => {
        sizes.set(key, raster.pixels.length)
        total += raster.pixels.length
        drop()
        return raster
      })
      held.set(key, drawn)
      return drawn
    },
  }
}

let rowIndex: ReadonlyMap<string, SpriteRow> | null = null

function spriteRow(concept: string, vendor: string): SpriteRow {
  rowIndex ??= new Map(spriteRows().map((row) => [`${row.concept}/${row.vendor}`, row]))
  const row = rowIndex.get(`${concept}/${vendor}`)
  if (!row)
    throw new Error(
      `sprites.jsonl knows no "${concept}" by ${vendor}; run node tools/scenes/measure.ts.`,
    )
  return row
}

function drawMember(group: SceneGroup, box: Box, sprites: SpriteCache): Promise<Raster> {
  const { drawing } = group
  const size = { width: box.width, height: box.height }
  if (drawing.kind === 'sign') {
    const { width, height } = signSize(drawing.style)
    const body = signBody(drawing.style, drawing.words)
    return sprites.get(`${drawing.style} ${drawing.words} ${box.width} ${box.height}`, () =>
      rasterise({ body, view: [0, 0, width, height], ...size }),
    )
  }
  const { vendor, icon, paint } = drawing
  return sprites.get(`${vendor} ${icon} ${paint ?? ''} ${box.width} ${box.height}`, () => {
    const row = spriteRow(group.concept, vendor)
    const art = findIcon(vendor, icon)
    if (!art) throw new Error(`${vendor} has no icon "${icon}".`)
    const body = paint && row.main ? paintBody(art.body, row.main, paint) : art.body
    return rasterise({ body, view: row.view, ...size })
  })
}

/** Lays a raster over an RGB picture; integer arithmetic only. */
function blend(
  picture: Canvas,
  raster: Raster,
  at: { x: number; y: number; mirrored: boolean },
): void {
  const { width, height, pixels } = raster
  const under = picture.pixels
  const [left, end] = [Math.max(0, -at.x), Math.min(width, picture.width - at.x)]
  for (let row = Math.max(0, -at.y); row < Math.min(height, picture.height - at.y); row += 1) {
    let to = ((at.y + row) * picture.width + at.x + left) * 3
    for (let column = left; column < end; column += 1, to += 3) {
      const from = (row * width + (at.mirrored ? width - 1 - column : column)) * 4
      const alpha = pixels[from + 3] ?? 0
      if (alpha === 0) continue
      const keep = 255 - alpha
      under[to] = ((under[to] ?? 0) * keep + (pixels[from] ?? 0) * alpha + 127) / 255
      under[to + 1] = ((under[to + 1] ?? 0) * keep + (pixels[from + 1] ?? 0) * alpha + 127) / 255
      under[to + 2] = ((under[to + 2] ?? 0) * keep + (pixels[from + 2] ?? 0) * alpha + 127) / 255
    }
  }
}

/** RGB, row by row. */
type Canvas = Pixels

/** A soft ellipse of shade under something that stands. */
function shade(picture: Canvas, box: Box, strength: number): void {
  const radiusX = box.width * 0.52
  const radiusY = Math.max(3, Math.min(box.width * 0.13, box.height * 0.16))
  const [centreX, centreY] = [box.x + box.width / 2, box.y + box.height - radiusY * 0.35]
  for (
    let y = Math.max(0, Math.floor(centreY - radiusY));
    y < Math.min(picture.height, centreY + radiusY);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(centreX - radiusX));
      x < Math.min(picture.width, centreX + radiusX);
      x += 1
    ) {
      const [dx, dy] = [(x - centreX) / radiusX, (y - centreY) / radiusY]
      const distance = dx * dx + dy * dy
      if (distance >= 1) continue
      const keep =
        256 - Math.round(256 * strength * (1 - distance) * Math.min(1, (1 - distance) * 1.8))
      const to = (y * picture.width + x) * 3
      for (let channel = 0; channel < 3; channel += 1) {
        picture.pixels[to + channel] = ((picture.pixels[to + channel] ?? 0) * keep) >> 8
      }
    }
  }
}

async function drawBackground(graph: SceneGraph, sprites: SpriteCache): Promise<Canvas> {
  const { width, height } = graph
  const { kind, variant, mirrored } = graph.background
  const units = (REFERENCE_HEIGHT * width) / height
  const key = `background ${kind} ${variant} ${String(mirrored)} ${width} ${height}`
  const clean = await sprites.get(key, () => {
    const { body } = scenery(kind, variant, units)
    return rasteriseOpaque({ body, view: [0, 0, units, REFERENCE_HEIGHT], width, height, mirrored })
  })
  return { width, height, pixels: new Uint8Array(clean.pixels) }
}

const SHADED: readonly SceneGroup['stance'][] = ['ground', 'studio', 'on a thing']

/** The picture of a scene as raw RGB rows, for training that needs no file. */
export async function renderPixels(graph: SceneGraph, sprites: SpriteCache): Promise<Uint8Array> {
  const picture = await drawBackground(graph, sprites)
  const units = (REFERENCE_HEIGHT * graph.width) / graph.height
  const { shadow } = scenery(graph.background.kind, graph.background.variant, units)
  const byId = new Map(graph.groups.map((group) => [group.id, group]))
  const drawn = graph.objects.flatMap((object) => {
    const group = byId.get(object.group)
    return group ? [{ object, raster: drawMember(group, object.box, sprites), group }] : []
  })
  for (const { object, raster, group } of drawn) {
    if (SHADED.includes(group.stance)) shade(picture, object.box, shadow)
    blend(picture, await raster, { x: object.box.x, y: object.box.y, mirrored: object.mirrored })
  }
  return picture.pixels
}

/** The picture of a scene as a JPEG of quality 82. */
export async function renderScene(graph: SceneGraph, sprites: SpriteCache): Promise<Buffer> {
  const { width, height } = graph
  const pixels = await renderPixels(graph, sprites)
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 82, chromaSubsampling: '4:2:0', optimiseCoding: true })
    .toBuffer()
}
