import type { Detail, Region, Verdict } from '../../../../../shared/contract/judgements.ts'
import type { AlignMark } from './align-mark.ts'
import type { Findings } from './use-findings.ts'

export type EvidenceLook = Verdict['status'] | 'detail'

/** One place of the picture with what was looked for there. */
export interface Evidence {
  readonly region: Region
  readonly look: EvidenceLook
  readonly label: string
}

/** Regions that share so much of the area that the two cover are drawn as one: their labels would lie on each other. */
const SAME_PLACE = 0.49

const LOUDEST_FIRST: readonly EvidenceLook[] = ['unsupported', 'unsure', 'detail', 'supported']

/** The unit whose words hold the position; of several the one with the fewest words. */
export function verdictAt(verdicts: readonly Verdict[], position: number | null): Verdict | null {
  if (position === null) return null
  const here = verdicts.filter(({ start, end }) => start <= position && position < end)
  return here.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null
}

/** Where a unit was looked for; null where the whole picture was, or nothing. */
export function verdictEvidence(
  caption: string,
  { region, status, start, end }: Verdict,
): Evidence | null {
  return region === null ? null : { region, look: status, label: caption.slice(start, end) }
}

/** Where a mark was looked for; null for marks that are about the wording. */
export function markEvidence(mark: AlignMark | null): Evidence | null {
  if (mark?.about.kind !== 'verdict' || mark.about.verdict.region === null) return null
  return { region: mark.about.verdict.region, look: mark.about.verdict.status, label: mark.words }
}

export function detailEvidence({ region, phrase }: Detail): Evidence | null {
  return region === null ? null : { region, look: 'detail', label: phrase }
}

/** Every place where something of the caption was looked for, and those of things unsaid. */
export function placesOf({ caption, judgements }: Findings): readonly Evidence[] {
  return joinPlaces([
    ...judgements.verdicts
      // Without a number nobody knows what the place of such words means; it is shown where they are asked about.
      .filter(({ probability }) => probability !== null)
      .flatMap((verdict) => verdictEvidence(caption, verdict) ?? []),
    ...judgements.details.flatMap((detail) => detailEvidence(detail) ?? []),
  ])
}

/** All places, each once with the words of all that was looked for there; the large ones first, to lie below. */
export function joinPlaces(all: readonly Evidence[]): readonly Evidence[] {
  const places: Evidence[] = []
  for (const evidence of all) {
    const at = places.findIndex(
      // What is seen and unsaid is no part of what the caption says of the place.
      ({ region, look }) =>
        (look === 'detail') === (evidence.look === 'detail') &&
        isSamePlace(region, evidence.region),
    )
    const known = places[at]
    if (known === undefined) places.push(evidence)
    else
      places[at] = {
        ...known,
        look: louder(known.look, evidence.look),
        label: join(known, evidence),
      }
  }
  return places.toSorted((a, b) => areaOf(b.region) - areaOf(a.region))
}

function join({ label }: Evidence, { label: other }: Evidence): string {
  return label.split(' · ').includes(other) ? label : `${label} · ${other}`
}

function louder(a: EvidenceLook, b: EvidenceLook): EvidenceLook {
  return LOUDEST_FIRST.indexOf(a) <= LOUDEST_FIRST.indexOf(b) ? a : b
}

function isSamePlace(a: Region, b: Region): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return false
  const shared = width * height
  return shared / (areaOf(a) + areaOf(b) - shared) >= SAME_PLACE
}

function areaOf({ width, height }: Region): number {
  return width * height
}
