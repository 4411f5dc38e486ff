import type { CheckCalibration } from '../../../../shared/contract/checks.ts'
import { KIND_WORDS } from './check-words.ts'

const SIDE = 132
const LEFT = 26
const BOTTOM = 18
const TOP = 6
const MIN_RADIUS = 2
const MAX_RADIUS = 7

/** What was said against what was so, with the reaches in which words are marked or pass. The numbers stand beside it. */
export function ReliabilityDiagram({
  table,
}: {
  readonly table: CheckCalibration['kinds'][number]
}) {
  const { kind, bins, unsupportedAt, supportedAt } = table
  const x = (share: number) => LEFT + share * SIDE
  const y = (share: number) => TOP + (1 - share) * SIDE
  const most = Math.max(1, ...bins.map(({ count }) => count))
  return (
    <svg
      className="reliability"
      viewBox={`0 0 ${LEFT + SIDE + 8} ${TOP + SIDE + BOTTOM}`}
      role="img"
      aria-label={`${KIND_WORDS[kind].name}: number of the check against the share that is in the picture`}
    >
      {unsupportedAt !== null && (
        <rect
          className="reliability-unsupported"
          x={x(0)}
          y={y(1)}
          width={unsupportedAt * SIDE}
          height={SIDE}
        />
      )}
      {supportedAt !== null && (
        <rect
          className="reliability-supported"
          x={x(supportedAt)}
          y={y(1)}
          width={(1 - supportedAt) * SIDE}
          height={SIDE}
        />
      )}
      <path className="reliability-frame" d={`M${x(0)} ${y(1)}V${y(0)}H${x(1)}`} />
      <path className="reliability-ideal" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
      {bins.length > 1 && (
        <polyline
          className="reliability-line"
          points={bins.map((bin) => `${x(bin.probability)},${y(bin.share)}`).join(' ')}
        />
      )}
      {bins.map((bin, index) => (
        <circle
          key={index}
          className="reliability-point"
          cx={x(bin.probability)}
          cy={y(bin.share)}
          r={MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * Math.sqrt(bin.count / most)}
        />
      ))}
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} className="reliability-tick">
          <text x={LEFT - 5} y={y(tick) + 3} textAnchor="end">
            {tick}
          </text>
          <text x={x(tick)} y={y(0) + 13} textAnchor="middle">
            {tick}
          </text>
        </g>
      ))}
    </svg>
  )
}
