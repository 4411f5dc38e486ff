import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { RoundSummary } from '../../../../shared/contract/rounds.ts'
import { STATUSES, type Status } from '../../../../shared/domain/status.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { Panel } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { DEFAULT_LISTING, libraryPath } from '../../navigation/listing.ts'
import { GuidelineEditor } from './GuidelineEditor.tsx'
import { RoundMeasures } from './RoundMeasures.tsx'
import { RoundSettingsDialog } from './RoundSettingsDialog.tsx'
import { describeOptions, roundQuery } from './round-words.ts'

/** One round: progress, people, measures and guideline. */
export function RoundPanel({
  round,
  isOwner,
}: {
  readonly round: RoundSummary
  readonly isOwner: boolean
}) {
  const [isEditing, setEditing] = useState(false)
  return (
    <Panel
      title={`${round.number}. ${round.name}`}
      aside={
        <span className="round-aside">
          {round.isCurrent && <span className="round-current">current</span>}
          {isOwner && (
            <IconButton
              icon={Pencil}
              label={`Settings of round ${round.number}`}
              onClick={() => {
                setEditing(true)
              }}
            />
          )}
        </span>
      }
    >
      <p className="round-options">{describeOptions(round.options)}</p>
      <Progress round={round} />
      <div className="round-columns">
        <People round={round} />
        <Measures round={round} />
      </div>
      {round.people.length > 0 && (
        <RoundMeasures round={round.number} measured={round.metrics.measured} />
      )}
      <GuidelineEditor round={round.number} guideline={round.guideline} canWrite={isOwner} />
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

/** What is done stands first, in the bar and below it. */
const PROGRESS: readonly Status[] = STATUSES.toReversed()

function Progress({ round }: { readonly round: RoundSummary }) {
  const { images, byStatus } = round
  const done = (byStatus.accepted ?? 0) + (byStatus.submitted ?? 0)
  const shown = PROGRESS.filter((status) => (byStatus[status] ?? 0) > 0)
  return (
    <div className="round-progress">
      <div
        className="round-bar"
        role="img"
        aria-label={`${formatCount(done)} of ${formatCounted(images, 'image')} submitted or accepted`}
      >
        {shown.map((status) => (
          <span
            key={status}
            className={`status-share status-${status}`}
            style={{ flexGrow: byStatus[status] }}
          />
        ))}
      </div>
      <ul className="round-statuses">
        {shown.map((status) => (
          <li key={status}>
            <StatusCount round={round} status={status} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Leads to the images; what has gone on to a later round can only be counted. */
function StatusCount({ round, status }: { readonly round: RoundSummary; readonly status: Status }) {
  const query = roundQuery(round, status)
  const content = (
    <>
      <StatusBadge status={status} />
      <span className="numeric">{formatCount(round.byStatus[status] ?? 0)}</span>
    </>
  )
  if (query === null) return <span className="round-status">{content}</span>
  return (
    <Link className="round-status" href={libraryPath({ ...DEFAULT_LISTING, query })}>
      {content}
    </Link>
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

/** Two captions in three with nothing left to mend: a further round is unlikely to pay. */
const MOSTLY_SETTLED = 2 / 3

function Measures({ round: { metrics, checks } }: { readonly round: RoundSummary }) {
  if (metrics.measured === 0) return null
  const rows = [
    { label: 'Names and numbers kept', share: metrics.entityRecall },
    { label: 'Made vaguer', share: metrics.specificityLoss },
    { label: 'Copied in one run', share: metrics.copyRate },
    { label: 'Words changed', share: metrics.edit },
    ...(checks.checked > 0 ? [{ label: 'Supported by the picture', share: checks.support }] : []),
  ]
  return (
    <div className="round-measures">
      <dl>
        {rows.map(({ label, share }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numeric">{share === null ? '–' : `${Math.round(share * 100)} %`}</dd>
          </div>
        ))}
      </dl>
      <p className="side-hint">
        Means of {formatCounted(metrics.measured, 'caption')}
        {checks.checked > 0 && `, ${formatCount(checks.checked)} of them checked as they stand`}.
      </p>
      {(checks.settled ?? 0) >= MOSTLY_SETTLED && (
        <p className="side-hint">
          Most captions changed little, say nothing that the picture contradicts, and leave out
          nothing that was seen: another round is unlikely to pay.
        </p>
      )}
    </div>
  )
}
