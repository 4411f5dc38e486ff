import { useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { ProjectInfo } from '../../../shared/contract/projects.ts'
import { api, client } from '../api/client.ts'
import { describeError } from '../api/describe-error.ts'
import { useIsOwner } from '../api/use-is-owner.ts'
import { useCommandHandlers } from '../commands/CommandProvider.tsx'
import { settleTexts } from '../features/align/autosave/use-autosave.ts'
import { reportError } from '../notices/report-error.ts'
import { showNotice } from '../notices/notice-store.ts'
import { forgetPlace } from '../navigation/last-listing.ts'

/** Answers the commands that open projects and steer jobs. */
export function useProjectCommands(): void {
  const queryClient = useQueryClient()
  const isOwner = useIsOwner()
  const [, navigate] = useLocation()

  async function enter(open: () => Promise<ProjectInfo>): Promise<void> {
    await settleTexts(queryClient)
    const project = await open()
    forgetPlace()
    await queryClient.resetQueries()
    queryClient.setQueryData(api.projects.current.queryKey(), project)
    navigate('/library')
  }

  async function openProject(folder: string): Promise<void> {
    try {
      await enter(() => client.projects.open({ folder }))
    } catch (error) {
      const { code, title, text } = describeError(error)
      if (code !== 'DATABASE_CORRUPT') throw error
      showNotice({
        tone: 'error',
        title,
        text,
        action: {
          label: 'Open the backup copy',
          run: () => {
            enter(() => client.projects.restoreBackup({ folder })).catch(reportError)
          },
        },
      })
    }
  }

  useCommandHandlers({
    'app.openProject': { run: ({ folder }) => openProject(folder) },
    'app.createProject': { run: ({ folder }) => enter(() => client.projects.create({ folder })) },
    'app.openSample': {
      isEnabled: () => isOwner !== false,
      run: () => enter(() => client.projects.openSample()),
    },
    'jobs.cancel': {
      run: async ({ jobId }) => {
        await client.jobs.cancel({ jobId })
        await queryClient.invalidateQueries({ queryKey: api.jobs.key() })
      },
    },
    'jobs.resume': {
      run: async ({ jobId }) => {
        await client.jobs.resume({ jobId })
        await queryClient.invalidateQueries({ queryKey: api.jobs.key() })
      },
    },
    'jobs.pauseLane': {
      run: async (args) => {
        queryClient.setQueryData(api.jobs.lanes.queryKey(), await client.jobs.pauseLane(args))
      },
    },
  })
}
