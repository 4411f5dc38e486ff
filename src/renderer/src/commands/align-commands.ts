import {
  ArrowDown,
  ArrowLeft,
  ArrowUp,
  BoxSelect,
  Diff,
  FileX2,
  Maximize,
  PencilLine,
  Redo2,
  ScanEye,
  Scan,
  SendHorizontal,
  Undo2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { STATUSES, type Status } from '../../../shared/domain/status.ts'
import type { CommandRow } from './command.ts'

/** Keys of the statuses that people set while they walk through images. */
const STATUS_KEYS: Readonly<Partial<Record<Status, readonly string[]>>> = {
  skipped: ['Alt+s'],
  discarded: ['Alt+x'],
}

export const ALIGN_COMMANDS: readonly CommandRow[] = [
  {
    id: 'align.submit',
    label: 'Submit the round and go on',
    group: 'Align',
    icon: SendHorizontal,
    keys: ['Mod+Enter'],
  },
  {
    id: 'align.next',
    label: 'Next image',
    group: 'Align',
    icon: ArrowDown,
    keys: ['Alt+ArrowDown'],
  },
  {
    id: 'align.previous',
    label: 'Previous image',
    group: 'Align',
    icon: ArrowUp,
    keys: ['Alt+ArrowUp'],
  },
  { id: 'align.undo', label: 'Undo', group: 'Align', icon: Undo2, keys: ['Mod+z'] },
  { id: 'align.redo', label: 'Redo', group: 'Align', icon: Redo2, keys: ['Mod+Shift+z', 'Mod+y'] },
  {
    id: 'align.toggleDiff',
    label: 'Show or hide the diff',
    group: 'Align',
    icon: Diff,
    keys: ['Mod+d'],
  },
  {
    id: 'align.focusEditor',
    label: 'Go to the caption',
    group: 'Align',
    icon: PencilLine,
    keys: ['e'],
  },
  {
    id: 'align.focusPicture',
    label: 'Go to the picture',
    group: 'Align',
    icon: ScanEye,
    keys: ['Alt+p'],
  },
  { id: 'align.discardDraft', label: 'Discard the draft', group: 'Align', icon: FileX2 },
  ...STATUSES.map((status): CommandRow => ({
    id: 'align.setStatus',
    args: { status },
    label: `Set status: ${status}`,
    group: 'Align',
    keys: STATUS_KEYS[status] ?? [],
  })),
  { id: 'align.zoomIn', label: 'Zoom in', group: 'View', icon: ZoomIn, keys: ['+', '=', 'Alt+='] },
  { id: 'align.zoomOut', label: 'Zoom out', group: 'View', icon: ZoomOut, keys: ['-', 'Alt+-'] },
  {
    id: 'align.zoomFit',
    label: 'Fit the picture',
    group: 'View',
    icon: Maximize,
    keys: ['0', 'Alt+0'],
  },
  {
    id: 'align.zoomActual',
    label: 'One picture pixel to one screen pixel',
    group: 'View',
    icon: Scan,
    keys: ['1', 'Alt+9'],
  },
  {
    id: 'align.toggleTrainerView',
    label: 'See the picture as the trainer does',
    group: 'View',
    icon: ScanEye,
    keys: ['t', 'Alt+t'],
  },
  {
    id: 'align.toggleFound',
    label: 'Show or hide what models found in the picture',
    group: 'View',
    icon: BoxSelect,
    keys: ['g', 'Alt+g'],
  },
  {
    id: 'align.backToLibrary',
    label: 'Back to the library',
    group: 'Align',
    icon: ArrowLeft,
    keys: ['Escape'],
  },
]
