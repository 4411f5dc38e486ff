import {
  ArrowRight,
  CheckCheck,
  Grid2x2,
  Image,
  PencilLine,
  Search,
  Table2,
  Tag,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { STATUSES, type Status } from '../../../shared/domain/status.ts'
import type { Sort } from '../../../shared/domain/sort.ts'
import type { CommandRow } from './command.ts'

export interface LibraryCommandArguments {
  'library.focusQuery': undefined
  'library.setQuery': { readonly query: string }
  'library.clearQuery': undefined
  'library.setSort': { readonly sort: Sort }
  'library.setLayout': { readonly layout: 'grid' | 'table' }
  'library.largerTiles': undefined
  'library.smallerTiles': undefined
  'library.toggleFilters': undefined
  'library.selectAll': undefined
  'library.clearSelection': undefined
  'library.align': undefined
  'library.setStatus': { readonly status: Status }
  'library.editTags': undefined
  'library.setTag': { readonly tag: string; readonly on: boolean }
  'library.exportSelection': undefined
}

export const LIBRARY_COMMANDS: readonly CommandRow[] = [
  {
    id: 'library.focusQuery',
    label: 'Search the library',
    group: 'Library',
    icon: Search,
    keys: ['/'],
  },
  {
    id: 'library.align',
    label: 'Align these',
    group: 'Library',
    icon: ArrowRight,
    keys: ['Mod+Enter'],
  },
  {
    id: 'library.selectAll',
    label: 'Select all that match',
    group: 'Library',
    icon: CheckCheck,
    keys: ['Mod+a'],
    worksInText: false,
  },
  {
    id: 'library.clearSelection',
    label: 'Clear the selection',
    group: 'Library',
    keys: ['Escape'],
  },
  { id: 'library.editTags', label: 'Add or remove tags', group: 'Library', icon: Tag, keys: ['t'] },
  ...STATUSES.map((status, index): CommandRow => ({
    id: 'library.setStatus',
    args: { status },
    label: `Set status: ${status}`,
    group: 'Library',
    icon: PencilLine,
    keys: [String(index + 1)],
  })),
  {
    id: 'library.exportSelection',
    label: 'Export the selection or the matches',
    group: 'Library',
    icon: Image,
  },
  { id: 'library.clearQuery', label: 'Clear the query', group: 'Library' },
  {
    id: 'library.setLayout',
    args: { layout: 'grid' },
    label: 'Library as grid',
    group: 'View',
    icon: Grid2x2,
    keys: ['g'],
  },
  {
    id: 'library.setLayout',
    args: { layout: 'table' },
    label: 'Library as table',
    group: 'View',
    icon: Table2,
    keys: ['l'],
  },
  {
    id: 'library.largerTiles',
    label: 'Larger tiles',
    group: 'View',
    icon: ZoomIn,
    keys: ['+', '='],
  },
  { id: 'library.smallerTiles', label: 'Smaller tiles', group: 'View', icon: ZoomOut, keys: ['-'] },
  { id: 'library.toggleFilters', label: 'Show or hide the filters', group: 'View', keys: ['f'] },
]
