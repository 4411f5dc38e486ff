const SIGNATURE_BYTES = 8
/** Length, type and checksum around a chunk's data. */
const CHUNK_FRAME_BYTES = 12

/**
 * Tells whether the first bytes of a PNG announce an animation: an `acTL` chunk before the pixels (PNG third
 * edition, 11.3.6). libvips shows such a file's default picture and does not say that there is more.
 */
export function isAnimatedPng(head: Uint8Array): boolean {
  return readFrameCount(head) !== null
}

/** How many frames such a PNG announces; 1 for any other file. */
export function countPngFrames(head: Uint8Array): number {
  return Math.max(1, readFrameCount(head) ?? 1)
}

function readFrameCount(head: Uint8Array): number | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  if (bytes.toString('latin1', 1, 4) !== 'PNG') return null
  let at = SIGNATURE_BYTES
  while (at + 8 <= bytes.length) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'acTL') return at + 12 <= bytes.length ? bytes.readUInt32BE(at + 8) : 1
    if (type === 'IDAT') return null
    at += bytes.readUInt32BE(at) + CHUNK_FRAME_BYTES
  }
  return null
}
