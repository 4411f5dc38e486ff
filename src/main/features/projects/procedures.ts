import { basename } from 'node:path'
import type { ProjectInfo, RecentProject } from '../../../shared/contract/projects.ts'
import type { Asking } from '../../base/asking.ts'
import { os } from '../router.ts'
import type { ProjectsService } from './service.ts'

export function createProjectProcedures(
  projects: ProjectsService,
  recent: () => readonly RecentProject[],
) {
  return {
    current: os.projects.current.handler(({ context }) => forAsker(projects.current(), context)),
    recent: os.projects.recent.handler(() => [...recent()]),
    open: os.projects.open.handler(({ input }) => projects.open(input.folder, input)),
    create: os.projects.create.handler(({ input }) => projects.create(input.folder)),
    restoreBackup: os.projects.restoreBackup.handler(({ input }) =>
      projects.restoreBackup(input.folder),
    ),
    openSample: os.projects.openSample.handler(() => projects.openSample()),
    stats: os.projects.stats.handler(() => projects.openProject().db.read.countStats()),
  }
}

/** Where on the owner's machine the project lies is none of a guest's business. */
function forAsker(info: ProjectInfo | null, { asker }: Asking): ProjectInfo | null {
  if (info === null || asker.kind === 'owner') return info
  return { ...info, folder: basename(info.folder) }
}
