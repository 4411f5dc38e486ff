import { useQuery } from '@tanstack/react-query'
import { ImagePlus, Ruler, SearchX } from 'lucide-react'
import { useRef } from 'react'
import { useLocation } from 'wouter'
import type { QualityStatus } from '../../../../shared/contract/quality.ts'
import { QUALITY_ISSUES } from '../../../../shared/domain/image-quality.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Page, Panel } from '../../components/Page.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useListing } from '../../navigation/use-listing.ts'
import { reportError } from '../../notices/report-error.ts'
import { QueryBar } from '../library/QueryBar.tsx'
import { useQueryText } from '../library/use-query-text.ts'
import { InsightsTabs } from './InsightsTabs.tsx'
import { IssuePanel } from './IssuePanel.tsx'
import './InsightsScreen.css'

/** Where the limits of dark, blurred, small and the like are set, on the numbers of the images themselves. */
export function QualityScreen() {
  const { query } = useListing()
  const { data: status } = useQuery({
    ...api.quality.status.queryOptions(),
    throwOnError: hasNothingToShow,
  })
  return (
    <Page
      title="Image quality"
      lead="How your pictures measure up. Move a limit and see what falls out; queries such as is:dark go by it. Nothing is deleted or hidden by a limit."
      actions={<InsightsTabs here="quality" />}
    >
      {status === undefined ? (
        <Skeleton height="90px" />
      ) : (
        <>
          <MeasuredPanel status={status} />
          <WhereBar query={query} />
          <Issues query={query} status={status} />
        </>
      )}
    </Page>
  )
}

/** The panels, or why there is nothing in them. */
function Issues({ query, status }: { readonly query: string; readonly status: QualityStatus }) {
  const [, navigate] = useLocation()
  // Sizes are known of every image, so this counts all that there are.
  const all = useQuery(
    api.quality.histogram.queryOptions({ input: { issue: 'small', where: query } }),
  ).data
  if (all?.total === 0 && query === '') {
    return (
      <EmptyState
        icon={ImagePlus}
        title="No images yet"
        actions={
          <Button
            variant="primary"
            onClick={() => {
              navigate('/import')
            }}
          >
            Import images
          </Button>
        }
      >
        After an import every picture is measured by itself, and its numbers are here.
      </EmptyState>
    )
  }
  if (all?.total === 0) {
    return (
      <EmptyState icon={SearchX} title="No image matches">
        Change the query above, or empty it to see all images.
      </EmptyState>
    )
  }
  return (
    <div className="insights-grid">
      {QUALITY_ISSUES.map((issue) => (
        <IssuePanel key={issue} issue={issue} where={query} stored={status.limits[issue]} />
      ))}
    </div>
  )
}

function MeasuredPanel({ status }: { readonly status: QualityStatus }) {
  const isOwner = useIsOwner() === true
  const isReadOnly = useQuery(api.projects.current.queryOptions()).data?.isReadOnly === true
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []
  const job = jobs.find(
    ({ kind, state }) => kind.startsWith('media.') && (state === 'queued' || state === 'running'),
  )
  const { measured, total } = status
  if (measured >= total && job === undefined) return null
  return (
    <Panel
      title="Pictures of this project"
      aside={
        isOwner &&
        !isReadOnly &&
        job === undefined && (
          <Button
            variant="primary"
            icon={Ruler}
            onClick={() => {
              client.quality.measure().catch(reportError)
            }}
          >
            Measure {measured === 0 ? 'the pictures' : 'the rest'}
          </Button>
        )
      }
    >
      <p role="status">
        <strong className="numeric">
          {formatCount(measured)} of {formatCount(total)}
        </strong>{' '}
        pictures are measured. {measured === 0 && 'Sizes and shapes are known without.'}
      </p>
      {job !== undefined && (
        <ProgressBar
          label={job.title}
          done={job.done + job.skipped + job.failed}
          total={job.total}
        />
      )}
    </Panel>
  )
}

/** Which images are counted: all, or those of a query. */
function WhereBar({ query }: { readonly query: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [, navigate] = useLocation()
  const counted = useQuery(
    api.quality.histogram.queryOptions({ input: { issue: 'small', where: query } }),
  )
  const field = useQueryText({
    query,
    serverMistake:
      counted.error === null
        ? undefined
        : { start: 0, end: query.length, message: describeError(counted.error).text },
    onApply: (text) => {
      const search = text === '' ? '' : `?${new URLSearchParams({ q: text }).toString()}`
      navigate(`/insights/quality${search}`, { replace: true })
    },
  })
  useCommandHandlers({ 'library.focusQuery': { run: () => input.current?.focus() } })
  return (
    <div className="insights-where">
      <QueryBar
        inputRef={input}
        text={field.text}
        mistake={field.mistake}
        onChange={field.setText}
        onSubmit={() => {
          field.applyNow()
        }}
        onLeave={() => {
          input.current?.blur()
        }}
      />
      <span className="numeric" role="status">
        {counted.data === undefined ? '' : formatCounted(counted.data.total, 'image')}
      </span>
    </div>
  )
}
