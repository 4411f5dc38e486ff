import type { AppEvent } from '../../shared/contract/events.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { Db } from '../db/client.ts'
import type { ProjectFiles } from '../db/project-files.ts'
import type { Scheduler } from '../jobs/scheduler.ts'

/** The project that is open, as every feature sees it. */
export interface OpenProject {
  readonly files: ProjectFiles
  readonly db: Db
  readonly scheduler: Scheduler
  readonly personId: PersonId
}

/** What the services of all features share; made once in core.ts. */
export interface FeatureContext {
  /** Throws PROJECT_NOT_OPEN when none is. */
  project(): OpenProject
  publish(event: AppEvent): void
}
