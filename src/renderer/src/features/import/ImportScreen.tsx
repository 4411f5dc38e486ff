import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileSearch, ImagePlus } from 'lucide-react'
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { ImportPreview } from '../../../../shared/contract/imports.ts'
import type { ColumnMap } from '../../../../shared/domain/column-roles.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Callout, Page, Panel } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { reportError } from '../../notices/report-error.ts'
import { PathField } from '../../path-picker/PathField.tsx'
import { FormatChoice } from './FormatChoice.tsx'
import { RecordsPreview } from './RecordsPreview.tsx'
import { TablePreview } from './TablePreview.tsx'
import './ImportScreen.css'

interface Source {
  readonly path: string
  /** Undefined lets the core find out. */
  readonly format: string | undefined
  readonly map: ColumnMap | undefined
}

/** Shows what a source would bring before anything is written, then starts the import. */
export function ImportScreen() {
  const given = new URLSearchParams(useSearch()).get('path') ?? ''
  const [lastGiven, setLastGiven] = useState(given)
  const [typed, setTyped] = useState(given)
  const [source, setSource] = useState<Source | undefined>(sourceAt(given))
  // Another file was dropped on the window.
  if (given !== lastGiven) {
    setLastGiven(given)
    look(given)
  }

  function look(path: string): void {
    setTyped(path)
    setSource(sourceAt(path))
  }

  return (
    <Page
      title="Import"
      lead="A folder of pictures with text files beside them, a CSV, TSV or JSONL table, or a Hugging Face image folder. Files are only read; importing the same source again adds nothing twice."
    >
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            look(typed)
          }}
          className="import-source"
        >
          <PathField
            label="Source"
            autoFocus
            kind="folder-or-file"
            value={typed}
            hint="A folder, or one table file. Enter looks into it."
            onChange={(path, how) => {
              if (how === 'choose') look(path)
              else setTyped(path)
            }}
          />
          {source?.path !== typed.trim() && (
            <Button type="submit" icon={FileSearch} disabled={typed.trim() === ''}>
              Look into it
            </Button>
          )}
        </form>
      </Panel>
      {source !== undefined && <SourcePreview source={source} onChange={setSource} />}
    </Page>
  )
}

interface SourcePreviewProps {
  readonly source: Source
  readonly onChange: (source: Source) => void
}

function SourcePreview({ source, onChange }: SourcePreviewProps) {
  const preview = useQuery({
    ...api.imports.preview.queryOptions({ input: toRequest(source) }),
    // Files change behind our back: always look again.
    staleTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (preview.isError) {
    return (
      <>
        <PreviewError error={preview.error} />
        <Panel title="Format">
          <FormatChoice
            format={source.format}
            sniffed={undefined}
            onChange={(format) => {
              onChange({ ...source, format, map: undefined })
            }}
          />
        </Panel>
      </>
    )
  }
  if (preview.data === undefined) return <Skeleton height="260px" />
  return (
    <LoadedPreview
      source={source}
      preview={preview.data}
      isOld={preview.isPlaceholderData}
      onChange={onChange}
    />
  )
}

interface LoadedPreviewProps extends SourcePreviewProps {
  readonly preview: ImportPreview
  /** The preview of what was chosen before is still shown. */
  readonly isOld: boolean
}

function LoadedPreview({ source, preview, isOld, onChange }: LoadedPreviewProps) {
  const [, navigate] = useLocation()
  const [isStarting, setStarting] = useState(false)
  const { columns, rows, records, warnings, encoding, formatLabel } = preview

  async function start(): Promise<void> {
    setStarting(true)
    try {
      await client.imports.start(toRequest(source))
      navigate('/library')
    } catch (error) {
      reportError(error)
      setStarting(false)
    }
  }

  return (
    <div className="import-preview" aria-busy={isOld}>
      <Panel title="Format" aside={<span className="import-encoding">{encoding}</span>}>
        <FormatChoice
          format={source.format}
          sniffed={formatLabel}
          onChange={(format) => {
            onChange({ ...source, format, map: undefined })
          }}
        />
      </Panel>
      {warnings.map((warning) => (
        <Callout key={warning} tone="warning">
          {warning}
        </Callout>
      ))}
      {columns.length > 0 && (
        <Panel title="What the columns mean">
          <TablePreview
            columns={columns}
            rows={rows}
            // What was chosen, not the last answer: a second choice must not undo a first
            // one whose preview is still on its way.
            map={source.map ?? preview.map}
            // The columns of the source before, until the new one's come.
            isDisabled={isOld && source.map === undefined}
            onChange={(map) => {
              onChange({ ...source, map })
            }}
          />
        </Panel>
      )}
      <Panel title="The first images as they would come in">
        <RecordsPreview records={records} />
      </Panel>
      <div className="import-start">
        <Button
          variant="primary"
          size="large"
          icon={ImagePlus}
          isBusy={isStarting}
          disabled={isOld || records.length === 0}
          onClick={() => void start()}
        >
          Import
        </Button>
      </div>
    </div>
  )
}

function PreviewError({ error }: { readonly error: unknown }) {
  const { title, text, advice } = describeError(error)
  return (
    <Callout tone="error">
      <strong>{title}.</strong> {text} {advice}
    </Callout>
  )
}

function sourceAt(path: string): Source | undefined {
  const trimmed = path.trim()
  return trimmed === '' ? undefined : { path: trimmed, format: undefined, map: undefined }
}

function toRequest({ path, format, map }: Source) {
  return {
    path,
    ...(format === undefined ? {} : { format }),
    ...(map === undefined ? {} : { map: { ...map } }),
  }
}
