import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Selection } from '../../../../shared/contract/library.ts'
import type { TextEditPreview } from '../../../../shared/contract/text-edits.ts'
import type { TextEdit } from '../../../../shared/domain/text-edit.ts'
import { diffWords } from '../../../../shared/domain/word-diff.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { CheckField } from '../../components/CheckField.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Callout } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { Segmented } from '../../components/Segmented.tsx'
import { TextField } from '../../components/TextField.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'
import { UNDO_ACTION } from '../../notices/step-project.ts'
import { WordDiffView } from '../align/diff/WordDiffView.tsx'
import { useSettled } from '../../components/use-settled.ts'
import './TextEditDialog.css'

interface TextEditDialogProps {
  /** The images; undefined shuts the dialog. */
  readonly selection: Selection | undefined
  readonly onClose: () => void
}

/** Changes many captions at once: what would change is shown before, and one undo takes all of it back. */
export function TextEditDialog({ selection, onClose }: TextEditDialogProps) {
  return (
    <Dialog
      isOpen={selection !== undefined}
      onClose={onClose}
      size="large"
      title="Edit captions"
      description="One revision for each image that changes. Undo takes all of it back."
    >
      {selection !== undefined && <TextEditForm selection={selection} onDone={onClose} />}
    </Dialog>
  )
}

const KINDS = [
  { value: 'replace', label: 'Find and replace' },
  { value: 'prefix', label: 'Put before' },
  { value: 'suffix', label: 'Put behind' },
  { value: 'case', label: 'Letter case' },
] as const

const CASES = [
  { value: 'sentence', label: 'Sentence case' },
  { value: 'lower', label: 'lower case' },
  { value: 'upper', label: 'UPPER CASE' },
] as const

const FIRST_REPLACE: TextEdit & { readonly kind: 'replace' } = {
  kind: 'replace',
  find: '',
  replacement: '',
  isPattern: false,
  matchCase: true,
  wholeWords: false,
}

const SAMPLES = 20
/** A preview reads every chosen caption, so it waits for a pause in the typing. */
const TYPING_PAUSE_MS = 200

interface TextEditFormProps {
  readonly selection: Selection
  readonly onDone: () => void
}

function TextEditForm({ selection, onDone }: TextEditFormProps) {
  const [edit, setEdit] = useState<TextEdit>(FIRST_REPLACE)
  const [isBusy, setBusy] = useState(false)
  const asked = useSettled(edit, TYPING_PAUSE_MS)
  const isComplete = isFilled(asked)
  const preview = useQuery({
    ...api.textEdits.preview.queryOptions({ input: { selection, edit: asked, limit: SAMPLES } }),
    enabled: isComplete,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const found = isComplete && !preview.isError ? preview.data : undefined
  const isCurrent = asked === edit && !preview.isPlaceholderData
  const canApply = !isBusy && isCurrent && found !== undefined && found.changed > 0

  async function apply(): Promise<void> {
    if (!canApply) return
    setBusy(true)
    try {
      const { changed, jobId } = await client.textEdits.apply({ selection, edit })
      onDone()
      if (jobId !== null) {
        showNotice({ title: 'The captions are being changed', text: 'Jobs shows how far it is.' })
        return
      }
      showNotice({
        tone: 'success',
        title: `${formatCounted(changed, 'caption')} changed`,
        action: UNDO_ACTION,
      })
    } catch (error) {
      reportError(error)
      setBusy(false)
    }
  }

  return (
    <form
      className="text-edit"
      onSubmit={(event) => {
        // Enter in a field is how people ask for a preview, which is there already: it changes nothing.
        event.preventDefault()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void apply()
      }}
    >
      <Segmented
        label="What to do"
        value={edit.kind}
        options={KINDS}
        onChange={(kind) => {
          setEdit(firstEdit(kind))
        }}
      />
      <EditFields edit={edit} onChange={setEdit} />
      {isComplete && preview.isError && (
        <Callout tone="error">{describeError(preview.error).text}</Callout>
      )}
      <ul className="text-edit-samples">
        {found?.samples.map((sample) => (
          <Sample key={sample.imageId} {...sample} />
        ))}
      </ul>
      {found !== undefined && found.changed > found.samples.length && (
        <p className="side-hint">
          {formatCount(found.changed - found.samples.length)} more would change likewise.
        </p>
      )}
      <div className="text-edit-actions">
        <p role="status">{isComplete && describePreview(found)}</p>
        <Button
          variant="primary"
          isBusy={isBusy}
          disabled={!canApply}
          keys="Mod+Enter"
          onClick={() => void apply()}
        >
          {found === undefined || found.changed === 0
            ? 'Change'
            : `Change ${formatCounted(found.changed, 'caption')}`}
        </Button>
      </div>
    </form>
  )
}

interface EditFieldsProps {
  readonly edit: TextEdit
  readonly onChange: (edit: TextEdit) => void
}

function EditFields({ edit, onChange }: EditFieldsProps) {
  switch (edit.kind) {
    case 'replace':
      return <ReplaceFields edit={edit} onChange={onChange} />
    case 'prefix':
    case 'suffix':
      return (
        <TextField
          label={edit.kind === 'prefix' ? 'Text before the caption' : 'Text behind the caption'}
          hint="With the spaces that it needs: nothing is added in between."
          value={edit.text}
          data-autofocus
          onChange={(text) => {
            onChange({ ...edit, text })
          }}
        />
      )
    case 'case':
      return (
        <Segmented
          label="Letter case"
          value={edit.letterCase}
          options={CASES}
          onChange={(letterCase) => {
            onChange({ kind: 'case', letterCase })
          }}
        />
      )
  }
}

interface ReplaceFieldsProps {
  readonly edit: TextEdit & { readonly kind: 'replace' }
  readonly onChange: (edit: TextEdit) => void
}

function ReplaceFields({ edit, onChange }: ReplaceFieldsProps) {
  return (
    <>
      <div className="text-edit-pair">
        <TextField
          label="Find"
          value={edit.find}
          data-autofocus
          onChange={(find) => {
            onChange({ ...edit, find })
          }}
        />
        <TextField
          label="Replace with"
          value={edit.replacement}
          onChange={(replacement) => {
            onChange({ ...edit, replacement })
          }}
        />
      </div>
      <div className="text-edit-options">
        <CheckField
          checked={edit.matchCase}
          onChange={(matchCase) => {
            onChange({ ...edit, matchCase })
          }}
        >
          Match case
        </CheckField>
        <CheckField
          checked={edit.wholeWords}
          onChange={(wholeWords) => {
            onChange({ ...edit, wholeWords })
          }}
        >
          Whole words
        </CheckField>
        <CheckField
          checked={edit.isPattern}
          onChange={(isPattern) => {
            onChange({ ...edit, isPattern })
          }}
        >
          Regular expression
        </CheckField>
      </div>
    </>
  )
}

function describePreview(found: TextEditPreview | undefined): string {
  if (found === undefined) return ''
  const parts = [
    `${formatCounted(found.changed, 'caption')} would change`,
    found.unchanged > 0 && `${formatCount(found.unchanged)} would stay as they are`,
    found.withoutCaption > 0 && `${formatCount(found.withoutCaption)} without a caption`,
    found.drafts > 0 && `${formatCount(found.drafts)} left alone because of an open draft`,
  ]
  const first =
    found.counted < found.total ? `, of the first ${formatCount(found.counted)} images` : ''
  return `${parts.filter((part) => part !== false).join(', ')}${first}`
}

function Sample({ name, before, after }: TextEditPreview['samples'][number]) {
  const diff = useMemo(() => diffWords(before, after), [before, after])
  return (
    <li>
      <small dir="auto">{name}</small>
      <WordDiffView diff={diff} />
    </li>
  )
}

function firstEdit(kind: TextEdit['kind']): TextEdit {
  switch (kind) {
    case 'replace':
      return FIRST_REPLACE
    case 'prefix':
    case 'suffix':
      return { kind, text: '' }
    case 'case':
      return { kind, letterCase: 'sentence' }
  }
}

function isFilled(edit: TextEdit): boolean {
  switch (edit.kind) {
    case 'replace':
      return edit.find !== ''
    case 'prefix':
    case 'suffix':
      return edit.text !== ''
    case 'case':
      return true
  }
}
