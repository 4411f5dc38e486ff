import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Gauge, RotateCcw } from 'lucide-react'
import type { CalibrationTrial, CheckStatus } from '../../../../shared/contract/checks.ts'
import { api, client } from '../../api/client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Page.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatAgo, formatCount, formatCounted } from '../../components/quantities.ts'
import { reportError } from '../../notices/report-error.ts'
import { useNow } from '../align/rounds/use-now.ts'
import { BASIS_WORDS, describeLabels, KIND_WORDS, REFUSAL_WORDS } from './check-words.ts'
import { useCheckJob } from './use-check-job.ts'

/** What the checks come to on this project's own captions, and the way to measure that, or to go back from it. */
export function TrialPanel({ status }: { readonly status: CheckStatus }) {
  const run = useRun()
  const { trial, labels } = status
  const isReadOnly = useQuery(api.projects.current.queryOptions()).data?.isReadOnly === true
  const canChange = useIsOwner() === true && !isReadOnly
  const job = useCheckJob('checks.calibrate')
  const aside =
    job === undefined ? (
      <Button
        variant={labels.isOffered ? 'primary' : 'default'}
        icon={Gauge}
        disabled={labels.accepted + labels.answered === 0}
        onClick={() => {
          client.checks.calibrate().catch(reportError)
        }}
      >
        {trial === null ? 'Measure' : 'Measure again'}
      </Button>
    ) : (
      <Button onClick={() => run('jobs.cancel', { jobId: job.id })}>Stop</Button>
    )
  return (
    <Panel title="Measured on your own captions" aside={canChange && aside}>
      <p role="status">{describeLabels(labels, trial !== null)}</p>
      {job !== undefined && (
        <ProgressBar
          label={job.title}
          done={job.done + job.skipped + job.failed}
          total={job.total}
        />
      )}
      <p className="checks-note">
        Accepted captions count as true, copies of them with one wrong word each as false, and
        answers to marks as what they say. Half of the images make a table; it is used for a kind of
        words only where it keeps both promises on the other half too. Otherwise what came with the
        model stays, unless it breaks a promise here: then its limits are moved, or taken away.
      </p>
      {trial !== null && <Trial trial={trial} canChange={canChange} />}
    </Panel>
  )
}

function Trial({
  trial,
  canChange,
}: {
  readonly trial: CalibrationTrial
  readonly canChange: boolean
}) {
  const now = useNow()
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation({
    ...api.checks.useTrial.mutationOptions(),
    onError: reportError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.checks.key() }),
  })
  const { madeAt, images, isUsed, kinds } = trial
  const hasUsed = kinds.some(({ refusal }) => refusal === null)
  return (
    <>
      <div className="checks-trial-head">
        <p>
          Measured {formatAgo(madeAt, now)} on {formatCounted(images, 'image')}.{' '}
          {!isUsed && 'Not in use: you went back to what came with the model.'}
        </p>
        {canChange && hasUsed && (
          <Button
            icon={RotateCcw}
            disabled={isPending}
            onClick={() => {
              mutate({ isUsed: !isUsed })
            }}
          >
            {isUsed ? 'Go back to the shipped table' : 'Use what was measured'}
          </Button>
        )}
      </div>
      <div className="checks-trial">
        <table>
          <thead>
            <tr>
              <th scope="col">Words</th>
              <th scope="col">Labelled</th>
              <th scope="col">By answers</th>
              <th scope="col">Marks that are wrong</th>
              <th scope="col">Passed and wrong</th>
              <th scope="col">What is used</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ kind, labelled, answered, own, other, basis, refusal }) => (
              <tr key={kind}>
                <th scope="row">{KIND_WORDS[kind].name}</th>
                <td className="numeric">{formatCount(labelled)}</td>
                <td className="numeric">{formatCount(answered)}</td>
                <td>
                  <Shares own={own?.falseAlarms} other={other?.falseAlarms} />
                </td>
                <td>
                  <Shares own={own?.missed} other={other?.missed} />
                </td>
                <td>
                  {refusal !== null
                    ? `Shipped: ${REFUSAL_WORDS[refusal]}`
                    : isUsed
                      ? BASIS_WORDS[basis]
                      : 'Shipped'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="checks-note">
        Shares are of captions that the table was not made of, with one unit in five wrong; at most
        20 % of marks and 10 % of what passes may be.
      </p>
    </>
  )
}

interface SharesProps {
  readonly own: number | null | undefined
  readonly other: number | null | undefined
}

function Shares({ own, other }: SharesProps) {
  return (
    <>
      {percent(own)} <span className="checks-shipped">shipped {percent(other)}</span>
    </>
  )
}

function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? 'none' : `${Math.round(share * 100)} %`
}
