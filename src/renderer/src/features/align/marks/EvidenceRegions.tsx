import { Check, CircleHelp, Plus, X, type LucideIcon } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { Detail } from '../../../../../shared/contract/judgements.ts'
import { classNames } from '../../../components/class-names.ts'
import type { CaretPlace } from '../editor/caret-place.ts'
import type { PointedPlace } from '../editor/pointed-place.ts'
import { markAt } from './align-mark.ts'
import {
  detailEvidence,
  markEvidence,
  placesOf,
  verdictAt,
  verdictEvidence,
  type Evidence,
  type EvidenceLook,
} from './evidence.ts'
import type { Findings } from './use-findings.ts'
import './EvidenceRegions.css'

interface EvidenceRegionsProps {
  readonly findings: Findings | null
  readonly caret: CaretPlace
  readonly pointed: PointedPlace
  /** The unsaid thing that the pointer or the focus is on. */
  readonly detail: Detail | null
  /** Draws every place, with the one that is asked about in front. */
  readonly areAllShown: boolean
}

/** Where in the picture the words at the caret or the pointer, or an unsaid thing, were looked for. */
export function EvidenceRegions(props: EvidenceRegionsProps) {
  const { findings, caret, pointed, detail, areAllShown } = props
  const mark = useSyncExternalStore(caret.subscribe, () =>
    markAt(findings?.marks ?? [], caret.get()),
  )
  // A mark that is selected was gone to; one that the caret only passes does not darken the picture.
  const isGoneTo = useSyncExternalStore(caret.subscribe, () => {
    const { start, end } = caret.get()
    return start < end && mark?.start === start && mark.end === end
  })
  const verdict = useSyncExternalStore(pointed.subscribe, () =>
    verdictAt(findings?.judgements.verdicts ?? [], pointed.get()),
  )
  if (findings === null) return null
  const { caption, judgements } = findings
  // What was inserted or dismissed goes without telling that the pointer left it.
  const unsaid = judgements.details.find(({ id }) => id === detail?.id)
  const asked =
    (unsaid === undefined ? null : detailEvidence(unsaid)) ??
    (verdict === null ? null : verdictEvidence(caption, verdict))
  const shown = asked ?? markEvidence(mark)
  // Of the mark at the caret the card below the caption tells why.
  const reason = unsaid === undefined && shown === asked ? verdict?.reason : undefined
  return (
    <>
      {areAllShown && <AllPlaces places={placesOf(findings)} isBehind={shown !== null} />}
      {shown !== null && (
        <Place
          key={`${shown.look} ${shown.label}`}
          evidence={shown}
          reason={reason}
          isSpotlit={asked !== null || isGoneTo}
        />
      )}
    </>
  )
}

interface AllPlacesProps {
  readonly places: readonly Evidence[]
  readonly isBehind: boolean
}

function AllPlaces({ places, isBehind }: AllPlacesProps) {
  return (
    <div className={classNames('evidence-all', isBehind && 'evidence-behind')} aria-hidden>
      {places.map((place, index) => (
        <Place key={index} evidence={place} isSpotlit={false} />
      ))}
    </div>
  )
}

interface PlaceProps {
  readonly evidence: Evidence
  /** Why the checks say so. */
  readonly reason?: string | undefined
  /** Darkens the rest of the picture. */
  readonly isSpotlit: boolean
}

/** So that a label tells what was found without its colour: "desert" on a trophy is not said to be one. */
const ICONS: Readonly<Record<EvidenceLook, LucideIcon>> = {
  unsupported: X,
  unsure: CircleHelp,
  supported: Check,
  detail: Plus,
}

/** Nearer to an edge of the picture than this share, a label finds no room outside of its frame. */
const EDGE = 0.07

function Place({ evidence: { region, look, label }, reason = '', isSpotlit }: PlaceProps) {
  const Icon = ICONS[look]
  const percent = (share: number) => `${share * 100}%`
  const isAtTop = region.y < EDGE
  const isAtEnd = region.x + region.width / 2 > 0.6
  return (
    <div
      className={classNames(
        `evidence evidence-${look}`,
        isSpotlit && 'evidence-spotlit',
        isAtTop && 'evidence-at-top',
        isAtEnd && 'evidence-at-end',
      )}
      aria-hidden
      style={{
        left: percent(region.x),
        top: percent(region.y),
        width: percent(region.width),
        height: percent(region.height),
      }}
    >
      <span className="evidence-label">
        <Icon className="icon" aria-hidden />
        <bdi>{label}</bdi>
        {reason !== '' && <small>{reason}</small>}
      </span>
    </div>
  )
}
