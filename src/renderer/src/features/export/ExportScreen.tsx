import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { ExportFormat } from '../../../../shared/contract/exports.ts'
import type { ExportRun, Recipe, RecipeContent } from '../../../../shared/contract/recipes.ts'
import { parsePrefixTemplate } from '../../../../shared/domain/prefix-template.ts'
import { parseQuery } from '../../../../shared/domain/query/parser.ts'
import { api, client } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { CheckField } from '../../components/CheckField.tsx'
import { Page, Panel } from '../../components/Page.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { TextField } from '../../components/TextField.tsx'
import { exportPath } from '../../navigation/listing.ts'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'
import { PathField } from '../../path-picker/PathField.tsx'
import { DescribeFields } from './DescribeFields.tsx'
import { ExportOutlook } from './ExportOutlook.tsx'
import { firstContent, isSameContent } from './export-content.ts'
import { FormatList } from './FormatList.tsx'
import { RecipePanel } from './RecipePanel.tsx'
import { RunsPanel } from './RunsPanel.tsx'
import { SubsetPanel } from './SubsetPanel.tsx'
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
  const [content, setContent] = useState(() => firstContent(first.id, initialWhere))
  const [lastWhere, setLastWhere] = useState(initialWhere)
  const [chosen, setChosen] = useState<Recipe | undefined>()
  const [out, setOut] = useState('')
  const [isStarting, setStarting] = useState(false)
  const isUnderWay = useRef(false)
  const listed = useQuery(api.recipes.list.queryOptions()).data ?? NO_RECIPES
  // What was just saved may be newer than the list; what others renamed or removed is known by the list.
  const inList = listed.find(({ id }) => id === chosen?.id)
  const recipe =
    chosen !== undefined && inList !== undefined && inList.version > chosen.version
      ? inList
      : chosen
  if (lastWhere !== initialWhere) {
    setLastWhere(initialWhere)
    setContent({ ...content, where: initialWhere })
  }
  const format = formats.find(({ id }) => id === content.format) ?? first
  const { options, where } = content
  const setOptions = (next: RecipeContent['options']): void => {
    setContent({ ...content, options: next })
  }
  const parsed = parseQuery(where)
  const mistake = parsed.ok ? undefined : parsed.error.message
  const isRight = mistake === undefined && parsePrefixTemplate(options.prefix).ok
  const request = { ...content, where: where.trim() }
  const canStart = isRight && out.trim() !== '' && !isStarting

  function choose(next: Recipe | undefined): void {
    setChosen(next)
    if (next !== undefined) setContent(next.content)
  }

  async function follow(begin: () => Promise<unknown>): Promise<void> {
    // A second key may come before the first one is rendered, and its job would take the place of the first.
    if (isUnderWay.current) return
    isUnderWay.current = true
    setStarting(true)
    try {
      await begin()
      navigate('/jobs')
    } catch (error) {
      reportError(error)
      setStarting(false)
      isUnderWay.current = false
    }
  }

  function start(): void {
    const target = { out: out.trim() }
    void follow(() =>
      recipe !== undefined && isSameContent(recipe.content, request)
        ? client.recipes.run({ id: recipe.id, version: recipe.version, ...target })
        : client.exports.start({ ...request, ...target }),
    )
  }

  function runAgain(run: ExportRun): void {
    const { recipe: of, folder } = run
    void follow(() =>
      of === null
        ? client.exports.start({ ...run.content, out: folder })
        : client.recipes.run({ id: of.id, version: of.version, out: folder }),
    )
  }

  useCommandHandlers({
    'export.start': {
      isEnabled: () => isRight && !isStarting,
      run: () => {
        if (canStart) start()
        else showNotice({ title: 'Choose the target folder first' })
      },
    },
  })

  return (
    <Page
      title="Export"
      lead="Written to a temporary place first and moved in at the end, with a manifest. The same data gives the same bytes."
    >
      <RecipePanel
        recipes={listed}
        recipe={recipe}
        content={request}
        canSave={isRight}
        onChoose={choose}
        onSaved={setChosen}
        onContent={setContent}
      />
      <SubsetPanel
        where={request.where}
        subset={content.subset}
        onUpdate={(change) => {
          setContent((current) => ({ ...current, subset: change(current.subset) }))
        }}
        query={
          <TextField
            label="Only images that match"
            value={where}
            placeholder="status:accepted"
            onChange={(next) => {
              setContent({ ...content, where: next })
            }}
            onBlur={() => {
              if (parsed.ok) navigate(exportPath(where.trim()), { replace: true })
            }}
            error={mistake}
            hint="The query language of the library; empty means all."
            spellCheck={false}
          />
        }
      />
      <Panel title="Format">
        <FormatList
          formats={formats}
          value={format}
          onChange={(next) => {
            setContent({ ...content, format: next.id })
          }}
        />
      </Panel>
      <div className="export-columns">
        <Panel title="What goes in">
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
          {(format.id === 'csv' || format.id === 'tsv') && (
            <CheckField
              checked={options.byteOrderMark}
              hint="Excel then reads letters beyond English; some programs take it for a part of the first name."
              onChange={(byteOrderMark) => {
                setOptions({ ...options, byteOrderMark })
              }}
            >
              Byte-order mark for Excel
            </CheckField>
          )}
          <DescribeFields
            words={options.describe}
            onChange={(describe) => {
              setOptions({ ...options, describe })
            }}
          />
        </Panel>
        <Panel title="Where to">
          <PathField
            label="Target folder"
            kind="folder"
            value={out}
            onChange={setOut}
            hint="A new or an empty folder, or an earlier export, which is replaced."
          />
          <div className="export-start">
            <Button
              variant="primary"
              size="large"
              icon={Download}
              isBusy={isStarting}
              disabled={!canStart}
              onClick={start}
            >
              Export
            </Button>
          </div>
        </Panel>
      </div>
      <TextOptions format={format} options={options} onChange={setOptions} />
      <ExportOutlook request={request} />
      <RunsPanel recipe={recipe} isBusy={isStarting} onRunAgain={runAgain} />
    </Page>
  )
}

const NO_RECIPES: readonly Recipe[] = []
