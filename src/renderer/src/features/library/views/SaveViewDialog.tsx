import { useMutation } from '@tanstack/react-query'
import { BookmarkPlus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import type { Listing } from '../../../navigation/listing.ts'
import { showNotice } from '../../../notices/notice-store.ts'
import { describeInOneLine } from './describe-in-one-line.ts'
import { ViewQuery } from './ViewQuery.tsx'

interface SaveViewDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly listing: Listing
}

/** Gives what the library shows a name, under which everybody in the project finds it. */
export function SaveViewDialog({ isOpen, onClose, listing }: SaveViewDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      title="Save this view"
      description="A view is a query with an order. It shows what fits whenever it is opened."
    >
      <SaveViewForm listing={listing} onDone={onClose} />
    </Dialog>
  )
}

function SaveViewForm({
  listing,
  onDone,
}: {
  readonly listing: Listing
  readonly onDone: () => void
}) {
  const [text, setText] = useState('')
  const name = text.trim()
  const save = useMutation(
    api.views.save.mutationOptions({
      onSuccess: (view) => {
        showNotice({ tone: 'success', title: `Saved as “${view.name}”.` })
        onDone()
      },
    }),
  )
  return (
    <form
      className="view-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '' && !save.isPending) save.mutate({ name, ...listing })
      }}
    >
      <ViewQuery query={listing.query} sort={listing.sort} />
      <TextField
        label="Name"
        value={text}
        maxLength={100}
        data-autofocus
        error={save.isError ? describeInOneLine(save.error) : undefined}
        onChange={setText}
      />
      <div className="view-actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button
          icon={BookmarkPlus}
          variant="primary"
          type="submit"
          disabled={name === '' || save.isPending}
        >
          Save
        </Button>
      </div>
    </form>
  )
}
