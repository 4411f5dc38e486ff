import { useState } from 'react'
import { useLocation } from 'wouter'
import { useAppEvents } from '../api/events.ts'
import { useIsOwner } from '../api/use-is-owner.ts'
import { useSaveSettings } from '../api/use-save-settings.ts'
import { useCommandHandlers } from '../commands/CommandProvider.tsx'
import { DEFAULT_LISTING, exportPath, libraryPath } from '../navigation/listing.ts'
import { forgetPlace, recallListing } from '../navigation/last-listing.ts'
import { useProjectCommands } from './use-project-commands.ts'

type Overlay = 'palette' | 'help'

/** Answers the commands that work on every screen; says which overlay is open. */
export function useAppCommands(): { readonly open: Overlay | null; readonly close: () => void } {
  const [open, setOpen] = useState<Overlay | null>(null)
  const [, navigate] = useLocation()
  const saveSettings = useSaveSettings()
  const isOwner = useIsOwner()
  const isForOwner = () => isOwner !== false
  useProjectCommands()
  useAppEvents((event) => {
    // Another window opened another project: places in the old one mean nothing now.
    if (event.topic === 'project') forgetPlace()
  })
  useCommandHandlers({
    'app.palette': {
      run: () => {
        setOpen('palette')
      },
    },
    'app.help': {
      run: () => {
        setOpen('help')
      },
    },
    'app.goToLibrary': {
      run: () => {
        navigate(libraryPath(recallListing() ?? DEFAULT_LISTING))
      },
    },
    'app.goToAlign': {
      run: () => {
        navigate('/align')
      },
    },
    'app.goToImport': {
      isEnabled: isForOwner,
      run: () => {
        navigate('/import')
      },
    },
    'app.goToExport': {
      isEnabled: isForOwner,
      run: (args) => {
        navigate(exportPath(args?.query ?? ''))
      },
    },
    'app.goToJobs': {
      run: () => {
        navigate('/jobs')
      },
    },
    'app.goToModels': {
      isEnabled: isForOwner,
      run: () => {
        navigate('/models')
      },
    },
    'app.goToDuplicates': {
      run: () => {
        navigate('/duplicates')
      },
    },
    'app.goToInsights': {
      run: () => {
        navigate('/insights')
      },
    },
    'app.goToQuality': {
      run: () => {
        navigate('/insights/quality')
      },
    },
    'app.goToChecks': {
      run: () => {
        navigate('/checks')
      },
    },
    'app.goToReview': {
      run: () => {
        navigate('/review')
      },
    },
    'app.goToRounds': {
      run: () => {
        navigate('/rounds')
      },
    },
    'app.goToSettings': {
      run: () => {
        navigate('/settings')
      },
    },
    'app.goToProjects': {
      isEnabled: isForOwner,
      run: () => {
        navigate('/projects')
      },
    },
    'app.setTheme': { run: ({ theme }) => saveSettings({ theme }) },
  })
  return {
    open,
    close: () => {
      setOpen(null)
    },
  }
}
