import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { client } from '../../../api/client.ts'
import { useCommandHandlers, useRun } from '../../../commands/CommandProvider.tsx'
import { showNotice } from '../../../notices/notice-store.ts'
import { reportError } from '../../../notices/report-error.ts'
import type { Announcer } from '../announcer.ts'
import type { OpenCaption } from '../open-caption.ts'
import { putProposal } from './put-proposal.ts'

interface ProposeOptions {
  readonly imageId: ImageId
  readonly proposals: readonly Proposal[]
  readonly caption: OpenCaption
  readonly announcer: Announcer
  readonly isReadOnly: boolean
}

/** Answers the command that puts the open text beside the caption. The text stays open, to go on or to discard. */
export function usePropose(options: ProposeOptions): void {
  const { imageId, proposals, caption, announcer, isReadOnly } = options
  const queryClient = useQueryClient()
  const run = useRun()
  const { mutate, isPending } = useMutation({
    mutationFn: (text: string) => client.proposals.add({ imageId, text }),
    onSuccess: (added) => {
      putProposal(queryClient, imageId, added)
      tell('Proposed. The caption is as it was.', {
        action: { label: 'Discard the draft', run: () => void run('align.discardDraft') },
      })
    },
    onError: reportError,
  })

  function tell(title: string, more: Partial<Parameters<typeof showNotice>[0]> = {}): void {
    announcer.say(title)
    showNotice({ title, ...more })
  }

  useCommandHandlers({
    'proposals.propose': {
      isEnabled: () => !isReadOnly,
      run: () => {
        const open = caption.get()
        if (open?.imageId !== imageId || isPending) return
        if (open.text.trim() === '') tell('There is no text to propose')
        else if (proposals.some(({ text }) => text === open.text)) {
          tell('This text is among the proposals already')
        } else mutate(open.text)
      },
    },
  })
}
