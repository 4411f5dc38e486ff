import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RoundSummary } from '../../../../shared/contract/rounds.ts'
import { api, client } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/TextField.tsx'
import { reportError } from '../../notices/report-error.ts'
import { RoundOptionsFields } from './RoundOptionsFields.tsx'

interface RoundSettingsDialogProps {
  readonly round: RoundSummary
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What can still be changed about a round that has begun. */
export function RoundSettingsDialog({ round, isOpen, onClose }: RoundSettingsDialogProps) {
  const queryClient = useQueryClient()
  const [name, setName] = useState(round.name)
  const [options, setOptions] = useState(round.options)

  async function save(): Promise<void> {
    try {
      await client.rounds.update({ number: round.number, name: name.trim(), options })
      onClose()
      await queryClient.invalidateQueries({ queryKey: api.rounds.key() })
    } catch (error) {
      reportError(error)
    }
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      title={`Round ${round.number}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={name.trim() === ''} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="round-form">
        <TextField label="Name" value={name} maxLength={100} data-autofocus onChange={setName} />
        <RoundOptionsFields options={options} isBegun onChange={setOptions} />
      </div>
    </Dialog>
  )
}
