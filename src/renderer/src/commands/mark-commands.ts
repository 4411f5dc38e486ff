import {
  ChevronsDown,
  ChevronsUp,
  CircleHelp,
  ListChecks,
  Plus,
  WandSparkles,
  X,
} from 'lucide-react'
import { FATE_REASONS, type FateReason } from '../../../shared/domain/fate.ts'
import type { CommandRow } from './command.ts'

const REASON_WORDS: Readonly<Record<FateReason, string>> = {
  wrong: 'it was wrong',
  'not-visible': 'it is not visible',
  private: 'it is private',
  boilerplate: 'it is boilerplate',
}

const MAX_DETAILS = 5

/** What is done about marks in the caption, words given up from the alt-text, and things unsaid. */
export const MARK_COMMANDS: readonly CommandRow[] = [
  { id: 'align.nextMark', label: 'Next mark', group: 'Align', icon: ChevronsDown, keys: ['F8'] },
  {
    id: 'align.previousMark',
    label: 'Previous mark',
    group: 'Align',
    icon: ChevronsUp,
    keys: ['Shift+F8'],
  },
  {
    id: 'align.fixMark',
    label: 'Do the first thing about the mark',
    group: 'Align',
    icon: WandSparkles,
    keys: ['F9'],
  },
  {
    id: 'align.markActions',
    label: 'What can be done about the mark',
    group: 'Align',
    icon: ListChecks,
    keys: ['Mod+.'],
  },
  ...FATE_REASONS.map((reason, index): CommandRow => ({
    id: 'align.giveReason',
    args: { reason },
    label: `Given up because ${REASON_WORDS[reason]}`,
    group: 'Align',
    icon: CircleHelp,
    keys: [`Alt+Shift+${index + 1}`],
  })),
  ...Array.from({ length: MAX_DETAILS }, (_, index): CommandRow => ({
    id: 'align.insertDetail',
    args: { index },
    label: `Say unsaid thing ${index + 1}`,
    group: 'Align',
    icon: Plus,
    keys: [`Alt+${index + 1}`],
  })),
  {
    id: 'align.dismissDetail',
    args: { index: 0 },
    label: 'Dismiss the first unsaid thing',
    group: 'Align',
    icon: X,
    keys: ['Alt+Shift+Backspace'],
  },
]
