import type { CheckCalibration } from '../../../../shared/contract/checks.ts'
import { Panel } from '../../components/Page.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { describeLimits, KIND_WORDS, SOURCE_WORDS } from './check-words.ts'
import { ReliabilityDiagram } from './ReliabilityDiagram.tsx'

type KindTable = CheckCalibration['kinds'][number]

interface CalibrationPanelProps {
  /** Null where nothing can be said yet, so that all is unsure. */
  readonly calibration: CheckCalibration | null
}

/** How far the numbers of the checks can be trusted, kind by kind. */
export function CalibrationPanel({ calibration }: CalibrationPanelProps) {
  if (calibration === null) {
    return (
      <Panel title="How often they are right">
        <p>
          Nothing is known of that with this model, so everything is unsure and nothing is marked as
          not supported. Measure it on captions that you accepted.
        </p>
      </Panel>
    )
  }
  const { kinds } = calibration
  const hasModels = new Set(kinds.map(({ model }) => model)).size > 1
  return (
    <Panel title="How often they are right">
      {kinds.some(({ isProvisional }) => isProvisional) && (
        <p className="checks-note">
          <span className="checks-badge">provisional</span> means: mistakes that were made on
          purpose are easier to find than those that people make. Expect it to be somewhat worse in
          your captions.
        </p>
      )}
      {kinds.some(({ bins }) => bins.length > 0) && (
        <p className="checks-note">
          The checks give each part of a caption a number, and the plots hold it against the truth:
          a point on the slanted line can be taken at its word, so that of words at 0.7 the pictures
          show 7 in 10. Larger points stand for more words. On the ground at the left words are
          marked, on that at the right they pass, and between the two they are unsure.
        </p>
      )}
      <ul className="checks-kinds">
        {kinds.map((table) => (
          <KindCard key={`${table.model} ${table.kind}`} table={table} hasModel={hasModels} />
        ))}
      </ul>
    </Panel>
  )
}

function KindCard({ table, hasModel }: { readonly table: KindTable; readonly hasModel: boolean }) {
  const { name, example } = KIND_WORDS[table.kind]
  const label = hasModel ? `${name}, ${table.model}` : name
  return (
    <li aria-label={label}>
      {table.bins.length > 0 && <ReliabilityDiagram table={table} />}
      <div className="checks-kind-text">
        <h3>
          {label}
          {table.isProvisional && <span className="checks-badge">provisional</span>}
        </h3>
        <p className="checks-note">{example}</p>
        {describeLimits(table).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p className="checks-note">Measured on {SOURCE_WORDS[table.source]}.</p>
        <Numbers table={table} />
      </div>
    </li>
  )
}

function Numbers({ table }: { readonly table: KindTable }) {
  const label = formatCounted(table.count, 'labelled unit')
  if (table.bins.length === 0) return <p className="checks-note">{label}</p>
  return (
    <details className="checks-numbers">
      <summary>{label}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">In the picture</th>
            <th scope="col">Units</th>
          </tr>
        </thead>
        <tbody>
          {table.bins.map(({ probability, share, count }, index) => (
            <tr key={index}>
              <td className="numeric">{probability.toFixed(2)}</td>
              <td className="numeric">{Math.round(share * 100)} %</td>
              <td className="numeric">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
