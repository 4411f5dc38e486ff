import { ChevronDown, ChevronUp } from 'lucide-react'
import { keysOf } from '../../../commands/key-bindings.ts'
import { useCommandHandlers, useRun } from '../../../commands/CommandProvider.tsx'
import { Button } from '../../../components/Button.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { listLayouts, type DiffLayout } from '../diff/use-diff-layout.ts'

interface ProposalActionsProps {
  /** `Change 2 of 5` */
  readonly place: string
  readonly layout: DiffLayout
  readonly isReadOnly: boolean
  readonly onLayout: (layout: DiffLayout) => void
}

const ACTIONS = [
  { id: 'proposals.takeChange', label: 'Take' },
  { id: 'proposals.rejectChange', label: 'Leave out' },
  { id: 'proposals.takeSentence', label: 'Sentence' },
  { id: 'align.takeWhole', label: 'All' },
  { id: 'proposals.reject', label: 'Reject' },
] as const

/** What can be done with the proposal on the desk, each with its key. */
export function ProposalActions({ place, layout, isReadOnly, onLayout }: ProposalActionsProps) {
  const run = useRun()
  useCommandHandlers({
    'align.toggleSideBySide': {
      run: () => {
        onLayout(layout === 'inline' ? 'side-by-side' : 'inline')
      },
    },
  })
  return (
    <div className="proposal-actions">
      {ACTIONS.map(({ id, label }) => (
        <Button
          key={id}
          size="small"
          keys={keysOf(id)[0]}
          disabled={isReadOnly}
          onClick={() => run(id)}
        >
          {label}
        </Button>
      ))}
      <span className="proposal-place numeric">{place}</span>
      <IconButton
        icon={ChevronUp}
        label="Change before"
        keys={keysOf('align.previousChange')[0]}
        onClick={() => run('align.previousChange')}
      />
      <IconButton
        icon={ChevronDown}
        label="Next change"
        keys={keysOf('align.nextChange')[0]}
        onClick={() => run('align.nextChange')}
      />
      <Segmented
        label="Layout of the proposal"
        value={layout}
        options={listLayouts()}
        onChange={onLayout}
        isIconOnly
      />
    </div>
  )
}
