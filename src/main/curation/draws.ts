import { hashText, mixBits } from '../base/stable-hash.ts'

/** 64 bits of each image's uid, in two halves, by the position of the image. */
export interface ImageKeys {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

/** A number from 0 to 2^32 - 1 for the image at a position. */
export type Draw = (position: number) => number

export const DRAW_RANGE = 0x1_0000_0000

/**
 * Draws that the seed, the purpose and the image's uid alone decide: an image draws the same number whatever other images
 * there are, and two purposes of one seed know nothing of each other.
 */
export function createDraw(keys: ImageKeys, seed: number, purpose: string): Draw {
  const start = hashText(purpose, mixBits(seed + 1))
  const { high, low } = keys
  return (position) => mixBits(mixBits((low[position] ?? 0) ^ start) ^ (high[position] ?? 0))
}
