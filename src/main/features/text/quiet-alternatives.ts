import { findAnchor, type AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { UnitFate } from '../../../shared/domain/fate.ts'
import type { TextUnit } from '../../../shared/domain/text-unit.ts'

interface FatedText {
  readonly origin: AltOrigin
  readonly units: readonly TextUnit[]
  readonly fates: readonly UnitFate[]
}

/**
 * The fates of all alt-texts of an image, with questions where somebody may have given words up. A caption is made from the
 * anchor, so whatever it lost is asked about. Texts of the anchor's own kind are other people's words for the same picture
 * (five captions of one photo): what only they say was never taken up, and only names and quoted words, which nobody can
 * see in the picture, are asked about. What several say is asked about at the first.
 */
export function quietAlternatives<Text extends FatedText>(
  altTexts: readonly Text[],
): readonly (readonly [Text, UnitFate[]])[] {
  const anchor = findAnchor(altTexts)
  const inOrder = altTexts.toSorted(
    (one, other) => Number(other === anchor) - Number(one === anchor),
  )
  const said = new Set<string>()
  const quiet = new Map<Text, UnitFate[]>()
  for (const text of inOrder) {
    const isAlternative = text !== anchor && text.origin === anchor?.origin
    quiet.set(
      text,
      text.fates.map((fate) => {
        const unit = text.units[fate.unit]
        if (!fate.asksReason || unit === undefined) return fate
        const asks = !said.has(keyOf(unit)) && (!isAlternative || isUnseen(unit))
        return asks ? fate : { ...fate, asksReason: false }
      }),
    )
    for (const unit of text.units) said.add(keyOf(unit))
  }
  return altTexts.map((text) => [text, quiet.get(text) ?? [...text.fates]])
}

function keyOf({ kind, lemma }: TextUnit): string {
  return `${kind} ${lemma}`
}

function isUnseen({ kind }: TextUnit): boolean {
  return kind === 'name' || kind === 'quoted-text'
}
