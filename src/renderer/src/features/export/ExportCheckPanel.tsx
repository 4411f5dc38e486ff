import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { ExportCheck, ExportFinding } from '../../../../shared/contract/exports.ts'
import type { RecipeContent } from '../../../../shared/contract/recipes.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { DEFAULT_LISTING, libraryPath } from '../../navigation/listing.ts'
import './ExportCheckPanel.css'

const FIRST_LOOK = 5_000
/** More than any project has. */
const ALL = 100_000_000

/** What is wrong or worth knowing of a choice before it is written. */
export function ExportCheckPanel({ request }: { readonly request: RecipeContent }) {
  const key = JSON.stringify(request)
  const [wholly, setWholly] = useState('')
  const most = wholly === key ? ALL : FIRST_LOOK
  const { data, error, isPlaceholderData } = useQuery({
    ...api.exports.check.queryOptions({ input: { ...request, most } }),
    staleTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  // The preview below says what is wrong with a query, and that nothing matches.
  if (error !== null || data?.images === 0) return null
  if (data === undefined) return <Skeleton height="120px" />
  const isPart = data.looked < data.images
  return (
    <Panel
      title="Before you export"
      aside={
        isPart && (
          <span className="export-check-part">
            <span className="numeric">
              {`Looked at ${formatCount(data.looked)} of ${formatCounted(data.images, 'image')}`}
            </span>
            <Button
              isBusy={isPlaceholderData}
              onClick={() => {
                setWholly(key)
              }}
            >
              Look at all
            </Button>
          </span>
        )
      }
    >
      <div aria-busy={isPlaceholderData} className="export-check">
        <p>{summarise(data)}</p>
        {data.findings.length > 0 && (
          <ul aria-label="Findings">
            {data.findings.map((finding) => (
              <Finding key={`${finding.id} ${finding.message}`} finding={finding} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function summarise({ looked, counts }: ExportCheck): string {
  const { done, skipped, failed } = counts
  if (done === looked) {
    return looked === 1 ? 'The image can be written.' : `All ${formatCount(looked)} can be written.`
  }
  return `${formatCounted(done, 'image')} of ${formatCount(looked)} can be written, ${formatCount(skipped + failed)} would be left out.`
}

function Finding({ finding }: { readonly finding: ExportFinding }) {
  const { weight, images, message, query, examples } = finding
  const isProblem = weight === 'problem'
  const Mark = isProblem ? TriangleAlert : Info
  return (
    <li className={isProblem ? 'export-finding-problem' : undefined}>
      <Mark size={16} aria-hidden />
      <span className="visually-hidden">{isProblem ? 'Problem:' : 'Note:'}</span>
      <div>
        {images !== null && <strong className="numeric">{formatCount(images)} </strong>}
        {message}
        {examples.length > 0 && (
          <small dir="auto">
            {examples.join(', ')}
            {images !== null && images > examples.length ? ', …' : ''}
          </small>
        )}
      </div>
      {query !== null && (
        <Link href={libraryPath({ ...DEFAULT_LISTING, query })}>Show in the library</Link>
      )}
    </li>
  )
}
