import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { QualityExample } from '../../../../shared/contract/quality.ts'
import {
  DEFAULT_LIMITS,
  ISSUE_RULES,
  issueQuery,
  type QualityIssue,
} from '../../../../shared/domain/image-quality.ts'
import { api } from '../../api/client.ts'
import { thumbnailUrl } from '../../api/media-url.ts'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useSettled } from '../../components/use-settled.ts'
import { DEFAULT_LISTING, alignPath } from '../../navigation/listing.ts'
import { formatShare } from './histogram-bars.ts'
import { formatLimit, ISSUE_WORDS } from './issue-words.ts'
import { narrowedQuery, queryPath } from './narrowed-query.ts'
import { ThresholdPlot } from './ThresholdPlot.tsx'
import { useLimit } from './use-limit.ts'

/** Examples follow the limit when it rests so long. */
const REST_MS = 200

interface IssuePanelProps {
  readonly issue: QualityIssue
  /** The query whose images are counted. */
  readonly where: string
  readonly stored: number
}

/** One way to fall short: how the images spread, what the limit takes out, and the pictures on both sides of it. */
export function IssuePanel({ issue, where, stored }: IssuePanelProps) {
  const { edges, falls } = ISSUE_RULES[issue]
  const { title, measure, isOpenEnded } = ISSUE_WORDS[issue]
  const { limit, index, isDefault, isKept, moveTo, reset } = useLimit(issue, stored)
  const histogram = useQuery({
    ...api.quality.histogram.queryOptions({ input: { issue, where } }),
    placeholderData: keepPreviousData,
  }).data
  const format = (value: number) => formatLimit(issue, value)
  if (histogram === undefined) {
    return (
      <Panel title={title}>
        <Skeleton height="220px" />
      </Panel>
    )
  }
  const { counts, known } = histogram
  const out = sum(falls === 'below' ? counts.slice(0, index) : counts.slice(index))
  const share = known === 0 ? 0 : out / known
  const outText = `${formatCounted(out, 'image')}, ${formatShare(share)}`
  const query = narrowedQuery(where, issueQuery(issue, limit))
  return (
    <Panel
      title={title}
      aside={
        <span className="issue-limit numeric">
          {falls === 'below' ? 'below' : 'from'} {format(limit)}
        </span>
      }
    >
      <p className="plot-note">{measure}</p>
      <ThresholdPlot
        label={`${title}: limit`}
        counts={counts}
        edges={edges}
        index={index}
        falls={falls}
        isOpenEnded={isOpenEnded}
        valueText={`${format(limit)}: ${outText}`}
        format={format}
        onChange={moveTo}
      />
      <div className="issue-result">
        <p>
          <strong className="numeric">{formatCount(out)}</strong> of {formatCounted(known, 'image')}{' '}
          ({formatShare(share)})
        </p>
        {!isDefault && (
          <Button variant="quiet" size="small" onClick={reset}>
            Back to {format(DEFAULT_LIMITS[issue])}
          </Button>
        )}
        {out > 0 && (
          <Link
            className="button button-default button-small"
            href={queryPath(query)}
            aria-label={`Show these: ${title}`}
          >
            <span className="button-label">Show these</span>
          </Link>
        )}
      </div>
      <Examples issue={issue} where={where} limit={limit} />
      {!isKept && <p className="plot-note">Limits of the project are set by its owner.</p>}
    </Panel>
  )
}

function Examples({
  issue,
  where,
  limit,
}: {
  readonly issue: QualityIssue
  readonly where: string
  readonly limit: number
}) {
  const settled = useSettled(limit, REST_MS)
  const examples = useQuery({
    ...api.quality.examples.queryOptions({ input: { issue, where, limit: settled } }),
    placeholderData: keepPreviousData,
  }).data
  if (examples === undefined) return <Skeleton height="96px" />
  return (
    <div className="issue-examples">
      <ExampleRow issue={issue} title="Just fall out" examples={examples.falling} />
      <ExampleRow issue={issue} title="Just stay" examples={examples.kept} />
    </div>
  )
}

function ExampleRow({
  issue,
  title,
  examples,
}: {
  readonly issue: QualityIssue
  readonly title: string
  readonly examples: readonly QualityExample[]
}) {
  return (
    <section>
      <h3>{title}</h3>
      {examples.length === 0 ? (
        <p className="plot-note">None.</p>
      ) : (
        <ul>
          {examples.map((example) => (
            <li key={example.id}>
              <Link href={alignPath(example.id, DEFAULT_LISTING)} title={example.name}>
                <img src={thumbnailUrl(example, 256)} alt={example.name} loading="lazy" />
              </Link>
              <small className="numeric">{formatLimit(issue, example.value)}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
