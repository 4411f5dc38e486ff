import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { ExportFormat, ExportOptions } from '../../../../shared/contract/exports.ts'
import { parsePrefixTemplate } from '../../../../shared/domain/prefix-template.ts'
import { parseQuery } from '../../../../shared/domain/query/parser.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { Button } from '../../components/Button.tsx'
import { CheckField } from '../../components/CheckField.tsx'
import { Callout, Page, Panel } from '../../components/Page.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { TextField } from '../../components/TextField.tsx'
import { exportPath } from '../../navigation/listing.ts'
import { reportError } from '../../notices/report-error.ts'
import { PathField } from '../../path-picker/PathField.tsx'
import { DescribeFields } from './DescribeFields.tsx'
import { ExportPreviewPanel } from './ExportPreviewPanel.tsx'
import { FormatList } from './FormatList.tsx'
import { TextOptions } from './TextOptions.tsx'
import './ExportScreen.css'

const TEXTS = [
  { value: 'caption-or-alt', label: 'Caption, else the first alt-text' },
  { value: 'caption', label: 'Caption only' },
  { value: 'alt', label: 'First alt-text only' },
  { value: 'mix', label: 'One drawn from a mix' },
  { value: 'several', label: 'Several texts an image' },
] as const

const IMAGES = [
  { value: 'copy', label: 'Copies' },
  { value: 'link-or-copy', label: 'Hard links where possible, else copies' },
  { value: 'none', label: 'Leave pictures out' },
] as const

const FIRST_OPTIONS: ExportOptions = {
  text: 'caption-or-alt',
  roles: ['caption', 'alt', 'revision'],
  mix: { caption: 0.7, alt: 0.3, revision: 0 },
  seed: 0,
  sentences: null,
  tokens: null,
  prefix: '',
  shardImages: null,
  describe: null,
  images: 'copy',
  spreadsheetSafe: false,
}

/** Writes the chosen part of the project as a data set; shows the first rows before. */
export function ExportScreen() {
  const formats = useQuery({
    ...api.exports.formats.queryOptions(),
    throwOnError: hasNothingToShow,
  }).data
  const where = new URLSearchParams(useSearch()).get('q') ?? ''
  const first = formats?.[0]
  if (formats === undefined || first === undefined) return null
  // Another query in the address is another form.
  return <ExportForm formats={formats} first={first} initialWhere={where} />
}

interface ExportFormProps {
  readonly formats: readonly ExportFormat[]
  readonly first: ExportFormat
  readonly initialWhere: string
}

function ExportForm({ formats, first, initialWhere }: ExportFormProps) {
  const [, navigate] = useLocation()
  const [format, setFormat] = useState(first)
  const [where, setWhere] = useState(initialWhere)
  const [lastWhere, setLastWhere] = useState(initialWhere)
  const [options, setOptions] = useState(FIRST_OPTIONS)
  const [out, setOut] = useState('')
  const [isStarting, setStarting] = useState(false)
  if (lastWhere !== initialWhere) {
    setLastWhere(initialWhere)
    setWhere(initialWhere)
  }
  const parsed = parseQuery(where)
  const mistake = parsed.ok ? undefined : parsed.error.message
  const isPrefixRight = parsePrefixTemplate(options.prefix).ok
  const request = { format: format.id, where: where.trim(), options }

  async function start(): Promise<void> {
    setStarting(true)
    try {
      await client.exports.start({ ...request, out: out.trim() })
      navigate('/jobs')
    } catch (error) {
      reportError(error)
      setStarting(false)
    }
  }

  return (
    <Page
      title="Export"
      lead="Written to a temporary place first and moved in at the end, with a manifest. The same data gives the same bytes."
    >
      <Panel title="Format">
        <FormatList formats={formats} value={format} onChange={setFormat} />
      </Panel>
      <div className="export-columns">
        <Panel title="What goes in">
          <TextField
            label="Only images that match"
            value={where}
            placeholder="status:accepted"
            onChange={setWhere}
            onBlur={() => {
              if (parsed.ok) navigate(exportPath(where.trim()), { replace: true })
            }}
            error={mistake}
            hint="The query language of the library; empty means all."
            spellCheck={false}
          />
          <SelectField
            label="Text"
            value={options.text}
            options={TEXTS}
            onChange={(text) => {
              setOptions({ ...options, text })
            }}
            hint={
              options.text === 'several' && !format.holdsSeveral
                ? 'This format holds one: the first of them.'
                : undefined
            }
          />
          {format.hasImages && (
            <SelectField
              label="Pictures"
              value={options.images}
              options={IMAGES}
              onChange={(images) => {
                setOptions({ ...options, images })
              }}
            />
          )}
          {format.id === 'csv' && (
            <CheckField
              checked={options.spreadsheetSafe}
              hint="Changes texts that a spreadsheet would run as a formula."
              onChange={(spreadsheetSafe) => {
                setOptions({ ...options, spreadsheetSafe })
              }}
            >
              Safe for spreadsheets
            </CheckField>
          )}
        </Panel>
        <Panel title="Where to">
          <PathField
            label="Target folder"
            kind="folder"
            value={out}
            onChange={setOut}
            hint="A new or an empty folder."
          />
          <DescribeFields
            words={options.describe}
            onChange={(describe) => {
              setOptions({ ...options, describe })
            }}
          />
          <div className="export-start">
            <Button
              variant="primary"
              size="large"
              icon={Download}
              isBusy={isStarting}
              disabled={out.trim() === '' || mistake !== undefined || !isPrefixRight}
              onClick={() => void start()}
            >
              Export
            </Button>
          </div>
        </Panel>
      </div>
      <TextOptions format={format} options={options} onChange={setOptions} />
      <Preview request={request} />
    </Page>
  )
}

interface PreviewProps {
  readonly request: {
    readonly format: string
    readonly where: string
    readonly options: ExportOptions
  }
}

function Preview({ request }: PreviewProps) {
  // Typing stays smooth: the preview follows when there is time.
  const asked = useDeferredValue(request)
  const isReadable = parseQuery(asked.where).ok && parsePrefixTemplate(asked.options.prefix).ok
  const preview = useQuery({
    ...api.exports.preview.queryOptions({ input: asked }),
    enabled: isReadable,
    staleTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (preview.isError && isReadable) {
    const { title, text, advice } = describeError(preview.error)
    return (
      <Callout tone="error">
        <strong>{title}.</strong> {text} {advice}
      </Callout>
    )
  }
  if (preview.data === undefined) return <Skeleton height="220px" />
  return <ExportPreviewPanel preview={preview.data} isOld={preview.isPlaceholderData} />
}
