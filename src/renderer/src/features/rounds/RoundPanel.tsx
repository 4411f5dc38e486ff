import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { RoundSummary } from '../../../../shared/contract/rounds.ts'
import { STATUSES } from '../../../../shared/domain/status.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Panel } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { GuidelineEditor } from './GuidelineEditor.tsx'
import { RoundSettingsDialog } from './RoundSettingsDialog.tsx'
import { describeOptions } from './round-words.ts'

/** One round: progress, people, measures and guideline. */
export function RoundPanel({ round }: { readonly round: RoundSummary }) {
  const [isEditing, setEditing] = useState(false)
  return (
    <Panel
      title={`${round.number}. ${round.name}`}
      aside={
        <span className="round-aside">
          {round.isCurrent && <span className="round-current">current</span>}
          <IconButton
            icon={Pencil}
            label={`Settings of round ${round.number}`}
            onClick={() => {
              setEditing(true)
            }}
          />
        </span>
      }
    >
      <p className="round-options">{describeOptions(round.options)}</p>
      <Progress round={round} />
      <div className="round-columns">
        <People round={round} />
        <Measures round={round} />
      </div>
      <GuidelineEditor round={round.number} guideline={round.guideline} />
      <RoundSettingsDialog
        round={round}
        isOpen={isEditing}
        onClose={() => {
          setEditing(false)
        }}
      />
    </Panel>
  )
}

function Progress({ round: { number, images, byStatus } }: { readonly round: RoundSummary }) {
  const run = useRun()
  const done = (byStatus.accepted ?? 0) + (byStatus.submitted ?? 0)
  return (
    <div className="round-progress">
      <div
        className="round-bar"
        role="img"
        aria-label={`${formatCount(done)} of ${formatCounted(images, 'image')} submitted or accepted`}
      >
        {STATUSES.toReversed().map((status) => (
          <span
            key={status}
            className={`status-share status-${status}`}
            style={{ flexGrow: byStatus[status] ?? 0 }}
          />
        ))}
      </div>
      <ul className="round-statuses">
        {STATUSES.filter((status) => (byStatus[status] ?? 0) > 0).map((status) => (
          <li key={status}>
            <button
              type="button"
              className="round-status"
              onClick={() => {
                run('app.goToLibrary')
                // The library answers its commands once it is on screen.
                setTimeout(() =>
                  run('library.setQuery', { query: `round:${number} status:${status}` }),
                )
              }}
            >
              <StatusBadge status={status} />
              <span className="numeric">{formatCount(byStatus[status] ?? 0)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function People({ round: { people } }: { readonly round: RoundSummary }) {
  if (people.length === 0) return <p className="side-hint">Nobody has written in this round yet.</p>
  return (
    <table className="round-table">
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Images</th>
          <th scope="col">Revisions</th>
          <th scope="col">Last</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.name}>
            <th scope="row" dir="auto">
              {person.name}
            </th>
            <td className="numeric">{formatCount(person.images)}</td>
            <td className="numeric">{formatCount(person.revisions)}</td>
            <td className="numeric">{new Date(person.lastAt).toLocaleDateString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Measures({ round: { metrics } }: { readonly round: RoundSummary }) {
  if (metrics.measured === 0) return null
  const rows = [
    { label: 'Names and numbers kept', share: metrics.entityRecall },
    { label: 'Made vaguer', share: metrics.specificityLoss },
    { label: 'Copied in one run', share: metrics.copyRate },
    { label: 'Words changed', share: metrics.edit },
  ]
  return (
    <dl className="round-measures">
      {rows.map(({ label, share }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="numeric">{share === null ? '–' : `${Math.round(share * 100)} %`}</dd>
        </div>
      ))}
      <p className="side-hint">Means of {formatCounted(metrics.measured, 'caption')}.</p>
    </dl>
  )
}
