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

/**
 * The alt-text that round 1 starts from: the first that came, but a file's name only where there is nothing else,
 * because it is a name and no description.
 */
export function findAnchor<Text extends { readonly origin: AltOrigin }>(
  altTexts: readonly Text[],
): Text | undefined {
  return altTexts.find((alt) => alt.origin !== 'file-name') ?? altTexts[0]
}
