import { useSyncExternalStore } from 'react'
import type { Detail, Region } from '../../../../../shared/contract/judgements.ts'
import type { CaretPlace } from '../editor/caret-place.ts'
import { markAt } from './align-mark.ts'
import type { Findings } from './use-findings.ts'
import './EvidenceRegions.css'

interface EvidenceRegionsProps {
  readonly findings: Findings | null
  readonly caret: CaretPlace
  /** The unsaid thing that the pointer or the focus is on. */
  readonly detail: Detail | null
}

/** Where in the picture the mark at the caret, or an unsaid thing, was looked for. */
export function EvidenceRegions({ findings, caret, detail }: EvidenceRegionsProps) {
  const mark = useSyncExternalStore(caret.subscribe, () =>
    markAt(findings?.marks ?? [], caret.get()),
  )
  if (findings === null) return null
  const verdict = mark?.about.kind === 'verdict' ? mark.about.verdict : null
  return (
    <>
      {verdict?.region != null && (
        <RegionBox
          region={verdict.region}
          className={`evidence-${verdict.status}`}
          label={mark?.words ?? ''}
        />
      )}
      {detail?.region != null && (
        <RegionBox region={detail.region} className="evidence-detail" label={detail.phrase} />
      )}
    </>
  )
}

interface RegionBoxProps {
  readonly region: Region
  readonly className: string
  readonly label: string
}

function RegionBox({ region, className, label }: RegionBoxProps) {
  const percent = (share: number) => `${share * 100}%`
  return (
    <div
      className={`evidence ${className}`}
      aria-hidden
      style={{
        left: percent(region.x),
        top: percent(region.y),
        width: percent(region.width),
        height: percent(region.height),
      }}
    >
      <span dir="auto">{label}</span>
    </div>
  )
}
