import {
  Download,
  FolderOpen,
  Images,
  Keyboard,
  ListChecks,
  PencilLine,
  Search,
  Settings,
  SunMoon,
  Upload,
} from 'lucide-react'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { CommandRow } from './command.ts'

export interface AppCommandArguments {
  'app.palette': undefined
  'app.help': undefined
  'app.goToLibrary': undefined
  'app.goToAlign': undefined
  'app.goToImport': undefined
  'app.goToExport': { readonly query: string } | undefined
  'app.goToJobs': undefined
  'app.goToSettings': undefined
  'app.goToProjects': undefined
  'app.openProject': { readonly folder: string }
  'app.createProject': { readonly folder: string }
  'app.openSample': undefined
  'app.setTheme': { readonly theme: 'system' | 'light' | 'dark' }
  'jobs.cancel': { readonly jobId: JobId }
  'jobs.resume': { readonly jobId: JobId }
  'jobs.pauseLane': { readonly lane: 'io' | 'cpu' | 'gpu'; readonly paused: boolean }
}

export const APP_COMMANDS: readonly CommandRow[] = [
  {
    id: 'app.palette',
    label: 'Find or run',
    group: 'Help',
    icon: Search,
    keys: ['Mod+k'],
    isKeyOnly: true,
  },
  { id: 'app.help', label: 'Show keys', group: 'Help', icon: Keyboard, keys: ['?', 'Mod+/'] },
  { id: 'app.goToLibrary', label: 'Library', group: 'Go to', icon: Images, keys: ['Mod+1'] },
  { id: 'app.goToAlign', label: 'Align', group: 'Go to', icon: PencilLine, keys: ['Mod+2'] },
  { id: 'app.goToImport', label: 'Import', group: 'Go to', icon: Upload, keys: ['Mod+3'] },
  { id: 'app.goToExport', label: 'Export', group: 'Go to', icon: Download, keys: ['Mod+4'] },
  { id: 'app.goToJobs', label: 'Jobs', group: 'Go to', icon: ListChecks, keys: ['Mod+5'] },
  { id: 'app.goToSettings', label: 'Settings', group: 'Go to', icon: Settings, keys: ['Mod+,'] },
  {
    id: 'app.goToProjects',
    label: 'Open or create a project',
    group: 'Project',
    icon: FolderOpen,
    keys: ['Mod+o'],
  },
  { id: 'app.openSample', label: 'Open the sample project', group: 'Project', icon: FolderOpen },
  {
    id: 'app.setTheme',
    args: { theme: 'light' },
    label: 'Theme: light',
    group: 'View',
    icon: SunMoon,
  },
  {
    id: 'app.setTheme',
    args: { theme: 'dark' },
    label: 'Theme: dark',
    group: 'View',
    icon: SunMoon,
  },
  {
    id: 'app.setTheme',
    args: { theme: 'system' },
    label: 'Theme: as the system',
    group: 'View',
    icon: SunMoon,
  },
]
