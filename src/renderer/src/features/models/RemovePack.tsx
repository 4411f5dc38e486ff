import { useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api, client } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { reportError } from '../../notices/report-error.ts'

interface RemovePackProps {
  readonly pack: { readonly id: string; readonly revision: string; readonly name: string }
}

/** Removes an installed model, after a question. */
export function RemovePack({ pack: { id, revision, name } }: RemovePackProps) {
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const close = () => {
    setAsking(false)
  }

  async function remove(): Promise<void> {
    try {
      await client.models.remove({ id, revision })
      await queryClient.invalidateQueries({ queryKey: api.models.key() })
    } catch (error) {
      reportError(error)
    }
    close()
  }

  return (
    <>
      <Button
        size="small"
        icon={Trash2}
        aria-label={`Remove ${name}`}
        onClick={() => {
          setAsking(true)
        }}
      >
        Remove
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={close}
        title={`Remove ${name}?`}
        size="small"
        footer={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button variant="danger" onClick={() => void remove()}>
              Remove
            </Button>
          </>
        }
      >
        <p>
          Its files are deleted from this machine. Vectors that it computed stay beside their
          projects and are used again once the same revision is installed.
        </p>
      </Dialog>
    </>
  )
}
