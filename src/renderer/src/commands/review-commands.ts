import {
  ArrowDown,
  ArrowDownUp,
  ArrowUp,
  Check,
  CornerUpLeft,
  ExternalLink,
  PencilLine,
  RefreshCw,
  Undo2,
} from 'lucide-react'
import type { CommandRow } from './command.ts'

/** The decision about a submitted caption. */
export const REVIEW_COMMANDS: readonly CommandRow[] = [
  {
    id: 'review.accept',
    label: 'Accept the caption and go on',
    group: 'Review',
    icon: Check,
    keys: ['Mod+Enter'],
  },
  {
    id: 'review.return',
    label: 'Return the caption with a remark',
    group: 'Review',
    icon: CornerUpLeft,
    keys: ['Alt+r'],
  },
  {
    id: 'review.edit',
    label: 'Correct the caption',
    group: 'Review',
    icon: PencilLine,
    keys: ['e', 'Alt+e'],
  },
  {
    id: 'review.next',
    label: 'Next waiting caption',
    group: 'Review',
    icon: ArrowDown,
    keys: ['Alt+ArrowDown'],
  },
  {
    id: 'review.previous',
    label: 'Previous waiting caption',
    group: 'Review',
    icon: ArrowUp,
    keys: ['Alt+ArrowUp'],
  },
  {
    id: 'review.turnOrder',
    label: 'Order: most doubtful first, or longest waiting first',
    group: 'Review',
    icon: ArrowDownUp,
    keys: ['Alt+k'],
  },
  {
    id: 'review.openInAlign',
    label: 'Open in Align',
    group: 'Review',
    icon: ExternalLink,
    keys: ['Alt+o'],
  },
  {
    id: 'review.showNewer',
    label: 'Go on with the newer text',
    group: 'Review',
    icon: RefreshCw,
    keys: ['Alt+n'],
  },
  {
    id: 'review.undo',
    label: 'Undo the last decision',
    group: 'Review',
    icon: Undo2,
    keys: ['Mod+z'],
  },
]
