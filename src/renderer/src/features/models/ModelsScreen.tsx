import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { describeCode } from '../../api/describe-error.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { Callout, Page, Panel } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { JobCard } from '../jobs/JobCard.tsx'
import { Catalogue } from './Catalogue.tsx'
import { DevicePanel } from './DevicePanel.tsx'
import { InstallFolder } from './InstallFolder.tsx'
import { PackCard } from './PackCard.tsx'
import { RemovePack } from './RemovePack.tsx'
import { VectorsPanel } from './VectorsPanel.tsx'
import './ModelsScreen.css'

/** The models on this machine: what they are for, what they may be used for, how fast they are, and how to get more. */
export function ModelsScreen() {
  const models = useQuery({ ...api.models.list.queryOptions(), throwOnError: hasNothingToShow })
  const isSample = useQuery(api.projects.current.queryOptions()).data?.isSample ?? false
  return (
    <Page
      title="Models"
      lead="They run on this machine; no picture leaves it. Nothing is loaded before you use it."
    >
      <VectorsPanel />
      <Panel title="Installed">
        {models.data === undefined ? (
          <Skeleton height="120px" />
        ) : (
          <ul className="pack-list">
            {models.data.packs.map((pack) => (
              <PackCard key={`${pack.id} ${pack.revision}`} pack={pack} isSample={isSample} />
            ))}
            {models.data.broken.map((pack) => (
              <BrokenPack key={pack.id} {...pack} />
            ))}
          </ul>
        )}
        {models.data?.packs.length === 0 && (
          <p>No model is installed. Everything but what needs one works all the same.</p>
        )}
      </Panel>
      <InstallJobs />
      <InstallFolder />
      <Catalogue entries={models.data?.catalogue ?? []} />
      <DevicePanel />
    </Page>
  )
}

interface BrokenPackProps {
  readonly id: string
  readonly revision: string | null
  readonly isBundled: boolean
  readonly problem: { readonly code: string; readonly message: string }
}

function BrokenPack({ id, revision, isBundled, problem }: BrokenPackProps) {
  const { title, text } = describeCode(problem.code, problem.message)
  return (
    <li className="pack">
      <div className="pack-head">
        <h3>{id}</h3>
        {!isBundled && revision !== null && <RemovePack pack={{ id, revision, name: id }} />}
      </div>
      <Callout tone="error">
        <strong>{title}.</strong> {text}
      </Callout>
    </li>
  )
}

/** Installs that are under way, and the newest where it failed. */
function InstallJobs() {
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  const installs = jobs.filter((job) => job.kind === 'models.install')
  const shown = installs.filter(
    (job, index) =>
      job.state === 'running' || job.state === 'queued' || (index === 0 && job.state === 'failed'),
  )
  if (shown.length === 0) return null
  return (
    <ul className="pack-list">
      {shown.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </ul>
  )
}
