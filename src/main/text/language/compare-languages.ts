import type { TextLanguage } from '../../../shared/domain/hygiene.ts'

/**
 * Whether two texts are known to be in different languages. Words are compared as they are written, so a translation
 * would seem to have dropped them all.
 */
export function areForeign(one: TextLanguage, other: TextLanguage): boolean {
  if (!one.isReliable || !other.isReliable) return false
  return one.code !== null && other.code !== null && one.code !== other.code
}
