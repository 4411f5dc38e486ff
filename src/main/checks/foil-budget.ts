import type { FoilTier, PlannedUnit } from '../../shared/domain/check-plan.ts'
import type { DualEncoderPack } from '../../shared/domain/pack.ts'
import type { WantedSignals } from './used-signals.ts'

type TierCounts = Readonly<Record<FoilTier, number>>

/** Of each tier, the most foils that are asked for a unit. */
export interface FoilBudget {
  /** Of kinds whose verdicts follow from the choice among foils. */
  readonly choice: TierCounts
  /** Of the others, where foils only lend the reason its words. */
  readonly words: TierCounts
}

/** As many as are planned. */
const ALL: TierCounts = { adversarial: 8, popular: 8, random: 8 }
export const EVERY_FOIL: FoilBudget = { choice: ALL, words: ALL }

/** Tokens of a phrase where it is not filled up to the window. */
const PHRASE_TOKENS = 6
/** Bytes of the text graph, times the tokens of a phrase: up to here all foils of a caption take a fraction of a second. */
const LIGHT_WORK = 1e9
/** Up to here CLIP's ViT-B and ViT-L lie; beyond are larger ones, and those that fill up each phrase to a window. */
const MEDIUM_WORK = 4e9

/**
 * How many foils an encoder is asked for. It follows from the size of the pack's text graph and never from measured
 * time, so that the same pack always comes to the same verdicts. Of foils that decide, any things are saved first, which
 * are told apart most easily; none are where the pack has a table, because its curves were made with all.
 */
export function foilBudgetOf(
  { files, text }: Pick<DualEncoderPack, 'files' | 'text'>,
  { hasTable }: { readonly hasTable: boolean },
): FoilBudget {
  const graph = files.find(({ role }) => role === 'text-graph')
  // Weights that lie beside a graph are named after it.
  const weights = files.filter(({ path }) => graph !== undefined && path.startsWith(graph.path))
  const sizeBytes = weights.reduce((sum, file) => sum + file.sizeBytes, 0)
  const work = sizeBytes * (text.padding === 'window' ? text.window : PHRASE_TOKENS)
  if (work <= LIGHT_WORK) return EVERY_FOIL
  const isMedium = work <= MEDIUM_WORK
  const fewer = isMedium
    ? { adversarial: 8, popular: 2, random: 0 }
    : { adversarial: 4, popular: 1, random: 0 }
  return {
    choice: hasTable ? ALL : fewer,
    words: { adversarial: isMedium ? 2 : 1, popular: 0, random: 0 },
  }
}

/** The units with the first foils of each tier, as many as the signals that are wanted need. */
export function withinBudget(
  units: readonly PlannedUnit[],
  { choice, words }: FoilBudget,
  wanted: WantedSignals,
): readonly PlannedUnit[] {
  return units.map((unit) => {
    const most = wanted(unit.kind).has('swap') ? choice : words
    const taken: Record<FoilTier, number> = { adversarial: 0, popular: 0, random: 0 }
    const foils = unit.foils.filter(({ tier }) => {
      taken[tier] += 1
      return taken[tier] <= most[tier]
    })
    return { ...unit, foils }
  })
}
