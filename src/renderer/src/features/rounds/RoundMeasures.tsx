import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RoundReport } from '../../../../shared/contract/checks.ts'
import { api } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { describeChange, describeInterval, MEASURES } from './round-measures.ts'

/** What the round came to, all in all and by person; worked out when somebody looks. */
export function RoundMeasures({
  round,
  measured,
}: {
  readonly round: number
  /** Captions that are measured; a job does that once somebody looks at the rounds. */
  readonly measured: number
}) {
  const [isOpen, setOpen] = useState(false)
  const report = useQuery({
    ...api.checks.round.queryOptions({ input: { round } }),
    enabled: isOpen && measured > 0,
    // Captions go on being written; whoever opens it again wants to know of those too.
    staleTime: 0,
  })
  return (
    <details
      className="round-report"
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary>By person, with intervals</summary>
      {measured === 0 ? (
        <p className="side-hint">No caption of this round is measured yet.</p>
      ) : report.isError ? (
        <p className="side-hint" role="alert">
          {describeError(report.error).title}
        </p>
      ) : report.data === undefined ? (
        <p className="side-hint" role="status">
          Reading captions of this round …
        </p>
      ) : (
        <Report round={round} report={report.data} />
      )}
    </details>
  )
}

function Report({ round, report }: { readonly round: number; readonly report: RoundReport }) {
  const { captions, measures, people, supportChange } = report
  const columns = [{ key: 'all', name: 'All', captions, measures }].concat(
    people.map((person) => ({
      ...person,
      key: `${person.name} ${person.isModel}`,
      name: person.isModel ? `${person.name} (model)` : person.name,
    })),
  )
  return (
    <>
      <div
        className="round-report-table"
        role="region"
        aria-label={`Measures of round ${round} by person`}
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              {columns.map(({ key, name, captions: own }) => (
                <th key={key} scope="col">
                  <bdi>{name}</bdi> <span className="round-low">{formatCount(own)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MEASURES.map(({ name, label, unit }) => (
              <tr key={name}>
                <th scope="row">{label}</th>
                {columns.map((column) => {
                  const { mean, ends } = describeInterval(column.measures[name], {
                    unit,
                    captions: column.captions,
                  })
                  return (
                    <td key={column.key} className="numeric">
                      {mean} <span className="round-low">{ends}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {supportChange !== null && <p>{describeChange(supportChange)}</p>}
      <p className="side-hint">
        Of {formatCounted(captions, 'caption')}, drawn by chance where there are more. Behind each
        number stands the range in which it lies with 95 % certainty, from ten captions on, and of
        how many it is where not all were checked; where two ranges overlap, the difference may be
        chance.
      </p>
    </>
  )
}
