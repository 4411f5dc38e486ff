import { useQuery } from '@tanstack/react-query'
import { FileText, FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { api, client } from '../api/client.ts'
import { Button } from '../components/Button.tsx'
import { TextField } from '../components/TextField.tsx'
import { reportError } from '../notices/report-error.ts'
import { PathDialog } from './PathDialog.tsx'

interface PathFieldProps {
  readonly label: string
  readonly value: string
  /** `choose` says that the path came whole, from a dialog, and can be used at once. */
  readonly onChange: (path: string, how: 'type' | 'choose') => void
  /** What may be chosen. */
  readonly kind: 'folder' | 'folder-or-file'
  readonly hint?: string | undefined
  readonly autoFocus?: boolean
  readonly error?: string | undefined
}

/** A path on the machine that runs the core: typed, or chosen as that machine allows. */
export function PathField({
  label,
  value,
  onChange,
  kind,
  hint,
  error,
  autoFocus = false,
}: PathFieldProps) {
  const capabilities = useQuery(api.host.capabilities.queryOptions()).data
  const [isBrowsing, setBrowsing] = useState(false)

  async function pick(what: 'folder' | 'file'): Promise<void> {
    try {
      const picked = await client.host.pick({ kind: what, title: label })
      if (picked !== null) onChange(picked.path, 'choose')
    } catch (failure) {
      reportError(failure)
    }
  }

  return (
    <>
      <TextField
        label={label}
        value={value}
        onChange={(path) => {
          onChange(path, 'type')
        }}
        hint={hint}
        error={error}
        dir="ltr"
        spellCheck={false}
        autoFocus={autoFocus}
        extra={
          capabilities?.canPickFolder === true ? (
            <>
              <Button icon={FolderOpen} onClick={() => void pick('folder')}>
                Choose a folder…
              </Button>
              {kind === 'folder-or-file' && (
                <Button icon={FileText} onClick={() => void pick('file')}>
                  Choose a file…
                </Button>
              )}
            </>
          ) : (
            capabilities?.canListFolders === true && (
              <Button
                icon={FolderOpen}
                onClick={() => {
                  setBrowsing(true)
                }}
              >
                Browse…
              </Button>
            )
          )
        }
      />
      {isBrowsing && (
        <PathDialog
          title={label}
          kind={kind}
          startPath={value}
          onClose={() => {
            setBrowsing(false)
          }}
          onChoose={(path) => {
            setBrowsing(false)
            onChange(path, 'choose')
          }}
        />
      )}
    </>
  )
}
