import type { Status } from '../../../shared/domain/status.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import type { CommandRow } from './command.ts'

export interface AlignCommandArguments {
  'align.submit': undefined
  'align.next': undefined
  'align.previous': undefined
  'align.undo': undefined
  'align.redo': undefined
  'align.toggleDiff': undefined
  'align.setStatus': { readonly status: Status }
  'align.backToLibrary': undefined
}

export const ALIGN_COMMANDS: readonly CommandRow[] = [
  { id: 'align.submit', label: 'Submit the round and go on', group: 'Align', keys: ['Mod+Enter'] },
  { id: 'align.next', label: 'Next image', group: 'Align', keys: ['Alt+ArrowDown'] },
  { id: 'align.previous', label: 'Previous image', group: 'Align', keys: ['Alt+ArrowUp'] },
  { id: 'align.undo', label: 'Undo', group: 'Align', keys: ['Mod+z'] },
  { id: 'align.redo', label: 'Redo', group: 'Align', keys: ['Mod+Shift+z'] },
  { id: 'align.toggleDiff', label: 'Show or hide the diff', group: 'Align', keys: ['Mod+d'] },
  ...STATUSES.map((status): CommandRow => ({
    id: 'align.setStatus',
    args: { status },
    label: `Set status: ${status}`,
    group: 'Align',
  })),
  { id: 'align.backToLibrary', label: 'Back to the library', group: 'Align', keys: ['Escape'] },
]
