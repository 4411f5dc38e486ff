import { useQuery } from '@tanstack/react-query'
import { Copy, RotateCw } from 'lucide-react'
import type { ExportRun, Recipe } from '../../../../shared/contract/recipes.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Panel } from '../../components/Page.tsx'
import { formatBytes, formatCounted } from '../../components/quantities.ts'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'
import { formatDay } from './format-day.ts'

const SHOWN = 5

interface RunsPanelProps {
  readonly recipe: Recipe | undefined
  readonly isBusy: boolean
  readonly onRunAgain: (run: ExportRun) => void
}

/** What was exported before, with the hash that tells whether two exports are the same. */
export function RunsPanel({ recipe, isBusy, onRunAgain }: RunsPanelProps) {
  const runs = useQuery(
    api.recipes.runs.queryOptions({ input: { id: recipe?.id ?? null, limit: SHOWN } }),
  ).data
  if (runs === undefined || runs.length === 0) return null
  return (
    <Panel title={recipe === undefined ? 'Past exports' : `Past exports of “${recipe.name}”`}>
      <ul className="export-runs">
        {runs.map((run) => (
          <Run
            key={run.id}
            run={run}
            isBusy={isBusy}
            onRunAgain={() => {
              onRunAgain(run)
            }}
          />
        ))}
      </ul>
    </Panel>
  )
}

function Run({
  run,
  isBusy,
  onRunAgain,
}: {
  readonly run: ExportRun
  readonly isBusy: boolean
  readonly onRunAgain: () => void
}) {
  const { recipe, counts } = run
  const name = recipe === null ? run.content.format : `${recipe.name}, version ${recipe.version}`
  const splits = counts.splits.map(({ split, images }) => `${split} ${images.toLocaleString()}`)
  return (
    <li>
      <div>
        <strong dir="auto">{name}</strong>
        <small dir="auto">{run.folder}</small>
      </div>
      <div>
        <span>
          {formatCounted(run.done, 'image')}, {formatCounted(run.files, 'file')},{' '}
          {formatBytes(run.bytes)}
        </span>
        <small>
          {[formatDay(run.endedAt), ...splits].join(' · ')}
          {run.failed > 0 && ` · ${run.failed.toLocaleString()} failed`}
        </small>
      </div>
      <span className="export-hash" title={`SHA-256 over all files: ${run.sha256}`}>
        <code>{run.sha256.slice(0, 12)}</code>
        <IconButton
          icon={Copy}
          label="Copy the hash over all files"
          onClick={() => {
            navigator.clipboard.writeText(run.sha256).then(() => {
              showNotice({ tone: 'success', title: 'Copied the hash.' })
            }, reportError)
          }}
        />
      </span>
      <Button
        size="small"
        icon={RotateCw}
        aria-label={`Run ${name} again`}
        title="Writes to the same folder again"
        disabled={isBusy}
        onClick={onRunAgain}
      >
        Run again
      </Button>
    </li>
  )
}
