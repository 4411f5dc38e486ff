import type { CheckCalibration } from '../../../../shared/contract/checks.ts'
import { Panel } from '../../components/Page.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { describeLimits, KIND_WORDS, SOURCE_WORDS } from './check-words.ts'
import { ReliabilityDiagram } from './ReliabilityDiagram.tsx'

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
          not supported. Accepted captions and answers to marks change that.
        </p>
      </Panel>
    )
  }
  const { kinds, source, isProvisional } = calibration
  return (
    <Panel
      title="How often they are right"
      aside={isProvisional && <span className="checks-badge">provisional</span>}
    >
      <p className="checks-note">
        Measured on {SOURCE_WORDS[source]}.{' '}
        {isProvisional &&
          'Provisional: mistakes that were made on purpose are easier to find than those that people make. Expect it to be somewhat worse in your captions. '}
      </p>
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
          <li key={table.kind} aria-label={KIND_WORDS[table.kind].name}>
            {table.bins.length > 0 && <ReliabilityDiagram table={table} />}
            <div className="checks-kind-text">
              <h3>{KIND_WORDS[table.kind].name}</h3>
              <p className="checks-note">{KIND_WORDS[table.kind].example}</p>
              {describeLimits(table).map((line) => (
                <p key={line}>{line}</p>
              ))}
              <Numbers table={table} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Numbers({ table }: { readonly table: CheckCalibration['kinds'][number] }) {
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
