import { Download, History, Save } from 'lucide-react'
import type { CommandRow } from './command.ts'

/** What the export screen does with recipes. */
export const EXPORT_COMMANDS: readonly CommandRow[] = [
  { id: 'export.save', label: 'Save the recipe', group: 'Export', icon: Save, keys: ['Mod+s'] },
  {
    id: 'export.versions',
    label: 'Versions of the recipe',
    group: 'Export',
    icon: History,
    keys: ['Alt+v'],
  },
  {
    id: 'export.start',
    label: 'Export',
    group: 'Export',
    icon: Download,
    keys: ['Mod+Enter'],
  },
]
