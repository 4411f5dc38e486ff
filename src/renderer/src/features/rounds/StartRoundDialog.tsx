import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Callout } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { TextField } from '../../components/TextField.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'
import { UNDO_ACTION } from '../../notices/step-project.ts'
import { DEFAULT_ROUND_OPTIONS } from './round-words.ts'
import { RoundOptionsFields } from './RoundOptionsFields.tsx'

interface StartRoundDialogProps {
  readonly isOpen: boolean
  readonly number: number
  readonly onClose: () => void
}

/** Chooses who takes part in the next round, says how many that are, and starts it. */
export function StartRoundDialog({ isOpen, number, onClose }: StartRoundDialogProps) {
  const queryClient = useQueryClient()
  const [name, setName] = useState(`Round ${number}`)
  const [options, setOptions] = useState(DEFAULT_ROUND_OPTIONS)
  const [isBusy, setBusy] = useState(false)
  const preview = useQuery({
    ...api.rounds.preview.queryOptions({ input: { options } }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    retry: false,
  })

  async function start(): Promise<void> {
    setBusy(true)
    try {
      const round = await client.rounds.start({ name: name.trim(), options })
      onClose()
      showNotice({
        tone: 'success',
        title: `Round ${round.number} has begun, with ${formatCounted(round.images, 'image')}`,
        action: UNDO_ACTION,
      })
      await queryClient.invalidateQueries()
    } catch (error) {
      reportError(error)
    } finally {
      setBusy(false)
    }
  }

  const found = preview.data
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Start round ${number}`}
      description="Images that are done in an earlier round begin again with the text that was accepted."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={name.trim() === '' || found === undefined || found.images === 0}
            onClick={() => void start()}
          >
            Start
          </Button>
        </>
      }
    >
      <div className="round-form">
        <TextField label="Name" value={name} maxLength={100} data-autofocus onChange={setName} />
        <RoundOptionsFields options={options} isBegun={false} onChange={setOptions} />
        {preview.isError && <Callout tone="error">{describeError(preview.error).text}</Callout>}
        {found !== undefined && (
          <Callout tone={found.images === 0 ? 'warning' : 'info'}>
            <strong>{formatCounted(found.images, 'image')}</strong> would take part.
            {found.notDone > 0 && ` ${formatCount(found.notDone)} are not done yet.`}
            {found.outsideSample > 0 &&
              ` ${formatCount(found.outsideSample)} are not in the sample.`}
            {found.settled > 0 && ` ${formatCount(found.settled)} hardly changed last time.`}
            {found.submittedCount &&
              ' Nobody has reviewed anything yet, so submitted captions count as done.'}
          </Callout>
        )}
      </div>
    </Dialog>
  )
}
