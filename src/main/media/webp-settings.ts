/** WebP quality, 1 to 100: for a tile, and for a picture that is looked at. */
export const THUMBNAIL_QUALITY = 78
export const PREVIEW_QUALITY = 85

/** WebP effort, 0 to 6. */
export const WEBP_EFFORT = 2
