import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { client } from '../../../api/client.ts'
import { reportError } from '../../../notices/report-error.ts'
import { useAutosave } from '../autosave/use-autosave.ts'
import type { OpenCaption } from '../open-caption.ts'
import { putProposal } from './put-proposal.ts'

type Decision = Proposal['state']

export interface ProposalDecisions {
  /** Records what was done with a proposal, after the text that it led to is on disk. */
  readonly decide: (proposalId: number, state: Decision) => void
}

/** Records decisions one after the other, in the order in which they were made. */
export function useProposalDecisions(imageId: ImageId, caption: OpenCaption): ProposalDecisions {
  const queryClient = useQueryClient()
  const autosave = useAutosave()
  const lastRef = useRef<Promise<void>>(Promise.resolve())
  async function record(proposalId: number, state: Decision): Promise<void> {
    const saved = await autosave.flush(imageId)
    // With two texts in dispute nothing was taken over yet; the choice between them comes first.
    if (saved.kind === 'conflict') return
    const baseRevisionId = autosave.baseRevisionId(imageId)
    const decided = await client.proposals.decide({ imageId, proposalId, baseRevisionId, state })
    // It changed no text, so that the editor does not know of this step: undo has to ask the image first.
    if (state === 'rejected') caption.editor()?.forgetSteps(imageId)
    putProposal(queryClient, imageId, decided)
  }
  return {
    decide(proposalId, state) {
      lastRef.current = lastRef.current.then(() => record(proposalId, state)).catch(reportError)
    },
  }
}
