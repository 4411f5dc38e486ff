/** Where an alt-text came from. `alt` is a web page's alt attribute or whatever the source calls its text. */
export const ALT_ORIGINS = [
  'alt',
  'title',
  'file-name',
  'web-caption',
  'imported-caption',
  'sidecar',
] as const

export type AltOrigin = (typeof ALT_ORIGINS)[number]

export function isAltOrigin(value: string): value is AltOrigin {
  return (ALT_ORIGINS as readonly string[]).includes(value)
}
