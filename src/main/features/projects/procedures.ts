import { os } from '../router.ts'
import type { RecentProject } from '../../../shared/contract/projects.ts'
import type { ProjectsService } from './service.ts'

export function createProjectProcedures(
  projects: ProjectsService,
  recent: () => readonly RecentProject[],
) {
  return {
    current: os.projects.current.handler(() => projects.current()),
    recent: os.projects.recent.handler(() => [...recent()]),
    open: os.projects.open.handler(({ input }) => projects.open(input.folder, input)),
    create: os.projects.create.handler(({ input }) => projects.create(input.folder)),
    restoreBackup: os.projects.restoreBackup.handler(({ input }) =>
      projects.restoreBackup(input.folder),
    ),
    openSample: os.projects.openSample.handler(() => projects.openSample()),
    stats: os.projects.stats.handler(() => projects.project().db.read.countStats()),
  }
}
