export const TILE_SIZES = { min: 96, max: 480, step: 1.25 } as const

/** The next larger or smaller tile, in steps that look even. */
export function steppedTileSize(sizePx: number, direction: 1 | -1): number {
  const next = Math.round(sizePx * TILE_SIZES.step ** direction)
  return Math.min(TILE_SIZES.max, Math.max(TILE_SIZES.min, next))
}
