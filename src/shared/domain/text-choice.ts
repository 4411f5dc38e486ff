/** What a text of an image is: the caption that stands, what the web said, or an earlier caption behind that one. */
export const TEXT_ROLES = ['caption', 'alt', 'revision'] as const
export type TextRole = (typeof TEXT_ROLES)[number]

/** Which text an exported row carries. */
export const TEXT_CHOICES = ['caption-or-alt', 'caption', 'alt', 'mix', 'several'] as const

/** What becomes of a text that has more tokens than the limit. */
export const OVER_LIMIT = ['sentence', 'word', 'leave-out'] as const
export type OverLimit = (typeof OVER_LIMIT)[number]
