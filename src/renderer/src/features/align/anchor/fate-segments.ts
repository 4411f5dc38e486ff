import type { UnitFate } from '../../../../../shared/domain/fate.ts'
import type { TextUnit } from '../../../../../shared/domain/text-unit.ts'

export interface FateSegment {
  readonly text: string
  readonly start: number
  /** What the stretch says, and what became of it; null between units. */
  readonly fate: UnitFate | null
}

/** Cuts an alt-text where units begin and end. Where units lie within each other, the innermost one shows. */
export function cutIntoSegments(
  text: string,
  units: readonly TextUnit[],
  fates: readonly UnitFate[],
): readonly FateSegment[] {
  const placed = fates.flatMap((fate) => {
    const unit = units[fate.unit]
    return unit === undefined || unit.end > text.length ? [] : [{ fate, ...spanOf(unit) }]
  })
  const cuts = new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])
  const edges = [...cuts].toSorted((a, b) => a - b)
  const segments: FateSegment[] = []
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1]
    if (end === undefined) break
    const covering = placed.filter((candidate) => candidate.start <= start && end <= candidate.end)
    const innermost = covering.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]
    const fate = innermost?.fate ?? null
    const last = segments.at(-1)
    if (last !== undefined && last.fate === fate) {
      segments[segments.length - 1] = { ...last, text: last.text + text.slice(start, end) }
    } else segments.push({ text: text.slice(start, end), start, fate })
  }
  return segments
}

function spanOf({ start, end }: TextUnit) {
  return { start, end }
}
