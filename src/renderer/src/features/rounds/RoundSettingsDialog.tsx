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
  return (
    <Dialog isOpen={isOpen} onClose={onClose} size="small" title={`Round ${round.number}`}>
      <RoundForm round={round} onDone={onClose} />
    </Dialog>
  )
}

interface RoundFormProps {
  readonly round: RoundSummary
  readonly onDone: () => void
}

/** Mounted while the dialog is open, so that it always begins with what holds. */
function RoundForm({ round, onDone }: RoundFormProps) {
  const queryClient = useQueryClient()
  const [name, setName] = useState(round.name)
  const [options, setOptions] = useState(round.options)
  const [isBusy, setBusy] = useState(false)

  async function save(): Promise<void> {
    setBusy(true)
    try {
      await client.rounds.update({ number: round.number, name: name.trim(), options })
      await queryClient.invalidateQueries({ queryKey: api.rounds.key() })
      onDone()
    } catch (error) {
      setBusy(false)
      reportError(error)
    }
  }

  return (
    <form
      className="round-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextField label="Name" value={name} maxLength={100} data-autofocus onChange={setName} />
      <RoundOptionsFields options={options} isBegun onChange={setOptions} />
      <p className="side-hint">Who takes part was settled when the round began.</p>
      <div className="round-form-actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={isBusy} disabled={name.trim() === ''}>
          Save
        </Button>
      </div>
    </form>
  )
}
