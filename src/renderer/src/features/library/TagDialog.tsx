import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { TextField } from '../../components/TextField.tsx'
import './TagDialog.css'

interface TagDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly count: number
}

/** Adds a tag to the chosen images or takes it away. */
export function TagDialog({ isOpen, onClose, count }: TagDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      title="Tags"
      description={`For ${formatCounted(count, 'image')}. Enter adds the tag.`}
    >
      <TagForm onDone={onClose} />
    </Dialog>
  )
}

function TagForm({ onDone }: { readonly onDone: () => void }) {
  const run = useRun()
  const [text, setText] = useState('')
  const tag = text.trim()
  const known = useQuery({
    ...api.library.tagNames.queryOptions({ input: { prefix: tag, limit: 8 } }),
    placeholderData: keepPreviousData,
  })

  function set(name: string, on: boolean): void {
    if (name === '') return
    run('library.setTag', { tag: name, on })
    onDone()
  }

  return (
    <form
      className="tag-form"
      onSubmit={(event) => {
        event.preventDefault()
        set(tag, true)
      }}
    >
      <TextField label="Tag" value={text} maxLength={100} data-autofocus onChange={setText} />
      <div className="tag-known">
        {(known.data ?? []).map((name) => (
          <Button
            key={name}
            size="small"
            onClick={() => {
              set(name, true)
            }}
          >
            {name}
          </Button>
        ))}
      </div>
      <div className="tag-actions">
        <Button
          icon={Minus}
          disabled={tag === ''}
          onClick={() => {
            set(tag, false)
          }}
        >
          Remove
        </Button>
        <Button icon={Plus} variant="primary" type="submit" disabled={tag === ''}>
          Add
        </Button>
      </div>
    </form>
  )
}
