import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { describeError } from '../api/describe-error.ts'
import { Button } from '../components/Button.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { FolderList } from '../components/FolderList.tsx'

interface PathDialogProps {
  readonly title: string
  readonly kind: 'folder' | 'folder-or-file'
  readonly startPath: string
  readonly onClose: () => void
  readonly onChoose: (path: string) => void
}

/** Walks the folders of the machine that runs the core, where it has no dialog of its own. */
export function PathDialog({ title, kind, startPath, onClose, onChoose }: PathDialogProps) {
  const [path, setPath] = useState(startPath)
  const listing = useQuery({
    ...api.host.listFolder.queryOptions({ input: { path } }),
    // Folders change behind our back: always look again.
    staleTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  // What was typed may be a file, or nothing yet: look around it instead.
  if (listing.isError && path === startPath && path !== '') setPath(parentOf(path))
  const failure = listing.isError ? describeError(listing.error) : undefined
  const here = listing.data?.path
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      size="large"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={here === undefined}
            onClick={() => {
              if (here !== undefined) onChoose(here)
            }}
          >
            Use this folder
          </Button>
        </>
      }
    >
      <FolderList
        listing={listing.data}
        problem={failure === undefined ? undefined : `${failure.title}. ${failure.text}`}
        areFilesChosen={kind === 'folder-or-file'}
        onGo={setPath}
        onChooseFile={onChoose}
      />
    </Dialog>
  )
}

/** The folder that a path lies in, for both kinds of separators; the home folder where there is none. */
function parentOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return end > 0 ? path.slice(0, end) : ''
}
