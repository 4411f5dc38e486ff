import { ArrowUp, Box, FileText, Folder, House } from 'lucide-react'
import type { FolderListing } from '../../../shared/contract/host.ts'
import { IconButton } from './IconButton.tsx'
import { formatCount } from './quantities.ts'
import { Skeleton } from './Skeleton.tsx'
import './FolderList.css'

interface FolderListProps {
  readonly listing: FolderListing | undefined
  readonly problem: string | undefined
  /** Whether files can be chosen, or only folders. */
  readonly areFilesChosen: boolean
  readonly onGo: (path: string) => void
  readonly onChooseFile: (path: string) => void
}

const ICONS = { folder: Folder, file: FileText, project: Box } as const

/** The entries of one folder, with the ways up and home. */
export function FolderList(props: FolderListProps) {
  const { listing, problem, areFilesChosen, onGo, onChooseFile } = props
  const entries = (listing?.entries ?? []).filter(
    (entry) => areFilesChosen || entry.kind !== 'file',
  )
  return (
    <div className="folder-list">
      <div className="folder-path">
        <IconButton
          icon={House}
          label="Home folder"
          onClick={() => {
            onGo('')
          }}
        />
        <IconButton
          icon={ArrowUp}
          label="Up one folder"
          disabled={listing?.parent == null}
          onClick={() => {
            if (listing?.parent != null) onGo(listing.parent)
          }}
        />
        <code dir="ltr">{listing?.path ?? <Skeleton width="240px" />}</code>
      </div>
      {problem !== undefined && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <ul>
        {entries.map(({ name, path, kind }) => {
          const Icon = ICONS[kind]
          return (
            <li key={path}>
              <button
                type="button"
                className="folder-entry"
                onClick={() => {
                  if (kind === 'file') onChooseFile(path)
                  else onGo(path)
                }}
              >
                <Icon className="icon" aria-hidden />
                <span dir="auto">{name}</span>
                {kind === 'project' && <small>Realign project</small>}
              </button>
            </li>
          )
        })}
      </ul>
      {listing !== undefined && entries.length === 0 && (
        <p className="folder-note">
          {areFilesChosen ? 'This folder is empty.' : 'No folders in here.'}
        </p>
      )}
      {listing !== undefined && listing.leftOut > 0 && (
        <p className="folder-note">
          {`${formatCount(listing.leftOut)} more entries are not shown. Type the path instead.`}
        </p>
      )}
    </div>
  )
}
