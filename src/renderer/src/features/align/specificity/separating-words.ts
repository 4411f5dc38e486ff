import type { Specificity } from '../../../../../shared/contract/checks.ts'

const MAX_NAMED = 3

/** The words that set a picture apart most, each once, best first; those that fit the others as well are left out. */
export function separatingWords(
  caption: string,
  { units }: Pick<Specificity, 'units'>,
): readonly string[] {
  const words = units
    .filter(({ contrast, end }) => contrast > 0 && end <= caption.length)
    .toSorted((a, b) => b.contrast - a.contrast)
    .map(({ start, end }) => caption.slice(start, end))
  return [...new Set(words)].slice(0, MAX_NAMED)
}
