import { ChevronRight, Cpu, FileInput, UserRound, type LucideIcon } from 'lucide-react'
import { useMemo } from 'react'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import { countChangedWords, diffWords } from '../../../../../shared/domain/word-diff.ts'
import { formatAgo } from '../../../components/quantities.ts'
import { useNow } from '../rounds/use-now.ts'

interface ProposalRowProps {
  readonly proposal: Proposal
  /** The open caption, which the size of the difference is told against. */
  readonly caption: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}

const AUTHOR_ICONS: Readonly<Record<Proposal['author']['kind'], LucideIcon>> = {
  human: UserRound,
  model: Cpu,
  import: FileInput,
}

const AUTHOR_KINDS: Readonly<Record<Proposal['author']['kind'], string>> = {
  human: 'person',
  model: 'model',
  import: 'import',
}

const STATE_LABELS: Readonly<Record<Proposal['state'], string>> = {
  open: 'open',
  accepted: 'taken',
  'partly-accepted': 'partly taken',
  rejected: 'rejected',
}

/** Where a proposal comes from, how far it is from the caption, and what was done with it. */
export function ProposalRow({ proposal, caption, isOpen, onToggle }: ProposalRowProps) {
  const { author, createdAt, note, state, text } = proposal
  const now = useNow()
  const size = useMemo(() => countChangedWords(diffWords(caption, text)), [caption, text])
  const Icon = AUTHOR_ICONS[author.kind]
  return (
    <button type="button" className="proposal-row" aria-expanded={isOpen} onClick={onToggle}>
      <ChevronRight className="icon proposal-arrow" aria-hidden />
      <span className="proposal-main">
        <span className="proposal-head">
          <Icon className="icon" aria-hidden />
          <strong>{author.name}</strong> {AUTHOR_KINDS[author.kind]}
          <time
            dateTime={new Date(createdAt).toISOString()}
            title={new Date(createdAt).toLocaleString('en')}
          >
            {formatAgo(createdAt, now)}
          </time>
          <span
            className="numeric"
            title={`${size.removed} words less, ${size.added} words more than the caption`}
          >
            −{size.removed} +{size.added}
          </span>
          <em>{STATE_LABELS[state]}</em>
        </span>
        {!isOpen && (
          <span className="proposal-text" dir="auto">
            {text}
          </span>
        )}
        {note !== '' && <span className="proposal-note">{note}</span>}
      </span>
    </button>
  )
}
