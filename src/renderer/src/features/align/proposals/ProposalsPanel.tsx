import { MessageSquarePlus } from 'lucide-react'
import { lazy, Suspense, useDeferredValue } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { useCommandHandlers, useRun } from '../../../commands/CommandProvider.tsx'
import { keysOf } from '../../../commands/key-bindings.ts'
import { Button } from '../../../components/Button.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import type { Announcer } from '../announcer.ts'
import { useDiffLayout } from '../diff/use-diff-layout.ts'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import { ProposalActions } from './ProposalActions.tsx'
import { ProposalRow } from './ProposalRow.tsx'
import { useProposalWork, type ProposalWork } from './use-proposal-work.ts'
import { useProposals } from './use-proposals.ts'
import { usePropose } from './use-propose.ts'
import './ProposalsPanel.css'

const ProposalDesk = lazy(() => import('./ProposalDesk.tsx'))

interface ProposalsPanelProps {
  readonly imageId: ImageId
  readonly caption: OpenCaption
  readonly announcer: Announcer
  /** Proposals can be read but not taken. */
  readonly isReadOnly: boolean
}

/** Other texts for this image. They are taken over whole, by sentence or by change, or left; never by themselves. */
export function ProposalsPanel({ imageId, caption, announcer, isReadOnly }: ProposalsPanelProps) {
  const proposals = useProposals(imageId)
  const pausedText = useDeferredValue(usePausedText(caption)) ?? ''
  const work = useProposalWork({ imageId, proposals, caption, announcer })
  const [layout, setLayout] = useDiffLayout('align.proposalLayout')
  useProposalCommands(work, isReadOnly)
  usePropose({ imageId, proposals, caption, announcer, isReadOnly })
  const run = useRun()
  const waiting = proposals.filter(({ state }) => state === 'open').length
  return (
    <section className="side-section" aria-label="Proposals">
      <h2 className="side-title">
        Proposals
        {proposals.length > 0 && (
          <span className="side-note numeric">
            {waiting} open of {proposals.length}
          </span>
        )}
        <Button
          size="small"
          variant="quiet"
          className="proposal-propose"
          icon={MessageSquarePlus}
          disabled={isReadOnly}
          keys={keysOf('proposals.propose')[0]}
          title="Put your text beside the caption, for others to take from"
          onClick={() => run('proposals.propose')}
        >
          Propose
        </Button>
      </h2>
      {proposals.length === 0 && (
        <p className="side-hint">
          None here. Proposals are texts to take from: columns that an import maps to “proposal”,
          texts of models, and what somebody proposed from the editor. They never change the caption
          by themselves.
        </p>
      )}
      <ul className="proposals">
        {proposals.map((proposal) => (
          <li key={proposal.id} className={`proposal proposal-${proposal.state}`}>
            <ProposalRow
              proposal={proposal}
              caption={pausedText}
              isOpen={proposal.id === work.open?.id}
              onToggle={() => {
                work.toggle(proposal)
              }}
            />
            {proposal.id === work.open?.id && (
              <>
                <Suspense fallback={<Skeleton height="120px" />}>
                  <ProposalDesk
                    deskRef={work.deskRef}
                    layout={layout}
                    caption={pausedText}
                    proposal={proposal.text}
                    onEscape={work.close}
                    onReady={work.onReady}
                  />
                </Suspense>
                <ProposalActions
                  place={work.place}
                  layout={layout}
                  isReadOnly={isReadOnly}
                  onLayout={setLayout}
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function useProposalCommands(work: ProposalWork, isReadOnly: boolean): void {
  const isOpen = () => work.open !== null
  const canTake = () => work.open !== null && !isReadOnly
  useCommandHandlers({
    'proposals.open': { run: work.openNext },
    'align.nextChange': {
      isEnabled: isOpen,
      run: () => {
        work.step(1)
      },
    },
    'align.previousChange': {
      isEnabled: isOpen,
      run: () => {
        work.step(-1)
      },
    },
    'align.takeWhole': {
      isEnabled: canTake,
      run: () => {
        work.take('takeWhole')
      },
    },
    'proposals.takeSentence': {
      isEnabled: canTake,
      run: () => {
        work.take('takeSentence')
      },
    },
    'proposals.takeChange': {
      isEnabled: canTake,
      run: () => {
        work.take('takeChange')
      },
    },
    'proposals.rejectChange': { isEnabled: canTake, run: work.leaveChange },
    'proposals.reject': { isEnabled: canTake, run: work.reject },
  })
}
