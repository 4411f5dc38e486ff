import type { ImageId } from '../../../shared/domain/ids.ts'

interface MediaKey {
  readonly id: ImageId
  /** Content hash; it makes the address immutable. */
  readonly hash: string
}

/** Address of a WebP thumbnail whose longer side is `size` pixels. */
export function thumbnailUrl({ id, hash }: MediaKey, size: 256 | 512): string {
  return `/media/thumbnail/${id}?v=${encodeURIComponent(hash)}&size=${size}`
}

/** Address of a picture scaled down for the screen. */
export function previewUrl({ id, hash }: MediaKey, size = 1600): string {
  return `/media/preview/${id}?v=${encodeURIComponent(hash)}&size=${size}`
}

/** Address of the original, or of a converted copy where a browser cannot show it. */
export function imageUrl({ id, hash }: MediaKey): string {
  return `/media/image/${id}?v=${encodeURIComponent(hash)}`
}
