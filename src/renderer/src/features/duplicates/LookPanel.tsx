import { useQuery } from '@tanstack/react-query'
import { CopyCheck } from 'lucide-react'
import { useId, useState } from 'react'
import type { DuplicateRun } from '../../../../shared/contract/duplicates.ts'
import { api, client } from '../../api/client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Page.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { Slider } from '../../components/Slider.tsx'
import { reportError } from '../../notices/report-error.ts'

const DEFAULT_DISTANCE = 6
const DEFAULT_COSINE = 0.97

/** What the last look went by, and the way to another. */
export function LookPanel({ last }: { readonly last: DuplicateRun | null }) {
  const run = useRun()
  const isOwner = useIsOwner() === true
  const [distance, setDistance] = useState(last?.hashDistance ?? DEFAULT_DISTANCE)
  const [cosine, setCosine] = useState(last?.cosine ?? DEFAULT_COSINE)
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  const job = jobs.find(
    ({ kind, state }) => kind === 'duplicates.find' && (state === 'queued' || state === 'running'),
  )
  const look = () => {
    client.duplicates.find({ hashDistance: distance, cosine }).catch(reportError)
  }
  return (
    <Panel
      title="Look for duplicates"
      aside={
        job !== undefined ? (
          <Button onClick={() => run('jobs.cancel', { jobId: job.id })}>Stop</Button>
        ) : (
          isOwner && (
            <Button variant="primary" icon={CopyCheck} onClick={look}>
              {last === null ? 'Look for duplicates' : 'Look again'}
            </Button>
          )
        )
      }
    >
      <p>{last === null ? 'Nobody has looked for duplicates yet.' : describeRun(last)}</p>
      {job !== undefined && (
        <ProgressBar label={job.title} done={job.done + job.skipped} total={job.total} />
      )}
      {isOwner && (
        <div className="duplicates-limits">
          <Limit
            label="Perceptual hashes differ in at most"
            value={distance}
            shown={`${distance} of 64 bits`}
            range={{ min: 0, max: 10, step: 1 }}
            onChange={setDistance}
          />
          <Limit
            label="or vectors have at least the cosine"
            value={cosine}
            shown={cosine.toFixed(3)}
            range={{ min: 0.8, max: 1, step: 0.005 }}
            onChange={setCosine}
          />
        </div>
      )}
    </Panel>
  )
}

interface LimitProps {
  readonly label: string
  readonly value: number
  readonly shown: string
  readonly range: { readonly min: number; readonly max: number; readonly step: number }
  readonly onChange: (value: number) => void
}

function Limit({ label, value, shown, range, onChange }: LimitProps) {
  const id = useId()
  return (
    <div className="duplicates-limit">
      <span id={id}>{label}</span>
      <Slider label={label} value={value} {...range} onChange={onChange} />
      <output className="numeric" aria-labelledby={id}>
        {shown}
      </output>
    </div>
  )
}

function describeRun({
  hashDistance,
  cosine,
  pack,
  imageCount,
  vectorCount,
}: DuplicateRun): string {
  const byHash = `The last look compared ${formatCounted(imageCount, 'image')} by perceptual hash (at most ${hashDistance} of 64 bits apart)`
  if (pack === null || cosine === null) return `${byHash}, and none by vectors.`
  return `${byHash}, and ${formatCounted(vectorCount, 'vector')} of ${pack.id} (cosine of at least ${cosine.toFixed(3)}).`
}
