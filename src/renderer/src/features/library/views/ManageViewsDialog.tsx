import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SavedView } from '../../../../../shared/contract/views.ts'
import { api, client } from '../../../api/client.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import type { Listing } from '../../../navigation/listing.ts'
import { showNotice } from '../../../notices/notice-store.ts'
import { reportError } from '../../../notices/report-error.ts'
import { describeInOneLine } from './describe-in-one-line.ts'
import { isViewOf } from './view-of.ts'
import { ViewQuery } from './ViewQuery.tsx'

interface ManageViewsDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** What the library shows now. */
  readonly listing: Listing
}

/** Renames views, gives them another query, and removes them. */
export function ManageViewsDialog({ isOpen, onClose, listing }: ManageViewsDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Saved views"
      description="They belong to the project: everybody who works in it sees them."
    >
      <Views listing={listing} />
    </Dialog>
  )
}

function Views({ listing }: { readonly listing: Listing }) {
  const views = useQuery({ ...api.views.list.queryOptions(), throwOnError: true }).data
  if (views === undefined) return null
  if (views.length === 0) return <p>There are none. V in the library saves what it shows.</p>
  return (
    <ul className="view-rows">
      {views.map((view) => (
        <View key={view.id} view={view} listing={listing} />
      ))}
    </ul>
  )
}

function View({ view, listing }: { readonly view: SavedView; readonly listing: Listing }) {
  const [newName, setNewName] = useState<string | null>(null)
  const update = useMutation(
    api.views.update.mutationOptions({
      onSuccess: () => {
        setNewName(null)
      },
    }),
  )
  const remove = useMutation(api.views.remove.mutationOptions({ onSuccess: () => offerBack(view) }))
  const failure = update.error ?? remove.error
  if (newName !== null) {
    return (
      <li className="view-row">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const name = newName.trim()
            if (name !== '' && !update.isPending) update.mutate({ ...view, name })
          }}
        >
          <TextField
            label={`New name of “${view.name}”`}
            value={newName}
            maxLength={100}
            autoFocus
            error={update.isError ? describeInOneLine(update.error) : undefined}
            onChange={setNewName}
            extra={
              <>
                <Button variant="primary" type="submit" disabled={newName.trim() === ''}>
                  Rename
                </Button>
                <Button
                  onClick={() => {
                    setNewName(null)
                    update.reset()
                  }}
                >
                  Cancel
                </Button>
              </>
            }
          />
        </form>
      </li>
    )
  }
  return (
    <li className="view-row">
      <div className="view-what">
        <strong dir="auto">{view.name}</strong>
        <ViewQuery query={view.query} sort={view.sort} />
        {failure !== null && (
          <p className="view-failed" role="alert">
            {describeInOneLine(failure)}
          </p>
        )}
      </div>
      <div className="view-actions">
        <Button
          size="small"
          aria-label={`Rename ${view.name}`}
          onClick={() => {
            setNewName(view.name)
          }}
        >
          Rename
        </Button>
        <Button
          size="small"
          aria-label={`Let ${view.name} hold what the library shows`}
          title="It then holds the query and the order that the library shows now"
          disabled={isViewOf(view, listing) || update.isPending}
          onClick={() => {
            update.mutate({ ...view, ...listing })
          }}
        >
          Take this query
        </Button>
        <Button
          size="small"
          aria-label={`Remove ${view.name}`}
          disabled={remove.isPending}
          onClick={() => {
            remove.mutate({ id: view.id, version: view.version })
          }}
        >
          Remove
        </Button>
      </div>
    </li>
  )
}

/** Removing is one click, so that it can be taken back with one. */
function offerBack({ name, query, sort }: SavedView): void {
  showNotice({
    tone: 'success',
    title: `Removed the view “${name}”.`,
    action: {
      label: 'Undo',
      run: () => {
        client.views.save({ name, query, sort }).catch(reportError)
      },
    },
  })
}
