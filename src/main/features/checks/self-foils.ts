import { FOIL_TIERS, type Foil, type PlannedUnit } from '../../../shared/domain/check-plan.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'

/** A text with other words in the place of one unit, which are then wrong. */
export interface FoiledText extends TextSpan {
  readonly text: string
}

/** Each wrong text is looked at like a right one, so that more of them would take most of the time. */
const MOST_FOILED = 5

/**
 * Texts with one wrong unit each, at most five, of as many kinds as there are. Units and tiers take turns from image to
 * image, by `turn`, so that hard and easy mistakes are equally many. Words that one of `alsoTrue` says may well be in
 * the picture.
 */
export function foilUnits(
  text: string,
  units: readonly PlannedUnit[],
  options: { readonly turn: number; readonly alsoTrue: readonly string[] },
): readonly FoiledText[] {
  const said = options.alsoTrue.join('\n').toLowerCase()
  const foiled = inTurn(units, options.turn).flatMap((unit, index) => {
    const fitting = unit.foils.filter(
      ({ words }) => !ONE.has(words) && !(unit.claim === 'object' && says(said, words)),
    )
    const foil = chooseTier(fitting, options.turn + index)
    return foil === null ? [] : [replaceUnit(text, unit, foil.words)]
  })
  return foiled.slice(0, MOST_FOILED)
}

/** One unit of each kind, then another of each, starting with others at each turn. */
function inTurn(units: readonly PlannedUnit[], turn: number): readonly PlannedUnit[] {
  const kinds = [...Map.groupBy(units, ({ kind }) => kind).values()]
  const ranked = kinds.flatMap((same) =>
    same.map((unit, index) => ({ unit, rank: (index + turn) % same.length })),
  )
  return ranked.toSorted((left, right) => left.rank - right.rank).map(({ unit }) => unit)
}

/** In the place of a larger number it would leave the noun in the plural. */
const ONE: ReadonlySet<string> = new Set(['one', 'One', '1'])

function says(text: string, words: string): boolean {
  const lower = words.toLowerCase()
  return text.includes(lower) || (lower.endsWith('s') && text.includes(lower.slice(0, -1)))
}

/** The first foil of the tier whose turn it is, else of the next one. */
function chooseTier(foils: readonly Foil[], turn: number): Foil | null {
  for (let step = 0; step < FOIL_TIERS.length; step += 1) {
    const tier = FOIL_TIERS[(turn + step) % FOIL_TIERS.length]
    const found = foils.find((foil) => foil.tier === tier)
    if (found !== undefined) return found
  }
  return null
}

function replaceUnit(text: string, { start, end }: TextSpan, words: string): FoiledText {
  const before = text.slice(0, start)
  const article = /\b(an?) $/i.exec(before)?.[1]
  const lead = article === undefined ? before : before.slice(0, -article.length - 1)
  const right = article === undefined ? '' : `${articleFor(words, article)} `
  const from = lead.length + right.length
  return { text: lead + right + words + text.slice(end), start: from, end: from + words.length }
}

function articleFor(words: string, model: string): string {
  const article = /^[aeiou]/i.test(words) ? 'an' : 'a'
  return model.startsWith('A') ? article.replace('a', 'A') : article
}
