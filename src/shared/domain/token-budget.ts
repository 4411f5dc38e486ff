/**
 * What a trainer reads of a caption: its window without the tokens that open and close a sequence (two of CLIP's, one of
 * SigLIP's). Characters are code points.
 */
export const TOKEN_TARGETS = [
  { id: 'clip-77', label: 'CLIP 77', unit: 'tokens', limit: 75 },
  { id: 'clip-248', label: 'Long CLIP 248', unit: 'tokens', limit: 246 },
  { id: 'siglip-64', label: 'SigLIP 64', unit: 'tokens', limit: 63 },
  { id: 'altogether-caption', label: 'Altogether caption 190', unit: 'tokens', limit: 190 },
  { id: 'altogether-alt', label: 'Altogether alt-text 128', unit: 'tokens', limit: 128 },
  { id: 'characters-300', label: '300 characters', unit: 'characters', limit: 300 },
] as const

export type TokenTargetId = (typeof TOKEN_TARGETS)[number]['id']

/** How a text fits one target. */
export interface TokenBudget {
  readonly target: TokenTargetId
  readonly used: number
  readonly limit: number
  /** False where no tokenizer of the target is installed and `used` is an estimate. */
  readonly isExact: boolean
  /** UTF-16 offset from which the trainer sees nothing; null when all of it fits. */
  readonly cutAt: number | null
}
