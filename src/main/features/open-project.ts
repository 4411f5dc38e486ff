import type { AppEvent } from '../../shared/contract/events.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { Asking } from '../base/asking.ts'
import type { Db } from '../db/client.ts'
import type { ProjectFiles } from '../db/project-files.ts'
import type { Scheduler } from '../jobs/scheduler.ts'

/** The project that is open, as every feature sees it. */
export interface OpenProject {
  readonly files: ProjectFiles
  readonly db: Db
  readonly scheduler: Scheduler
  /** Who writes through it: the asking person, or the owner in background work. */
  readonly personId: PersonId
}

/** What the services of all features share; made once in core.ts. */
export interface FeatureContext {
  /**
   * The open project as the asking person has it: `personId` is theirs. Throws PROJECT_NOT_OPEN when none is open.
   * Touching `db.write` or `scheduler` throws PROJECT_CHANGED when the window shows another project than the open
   * one, because image 7 of that one is not image 7 of this one.
   */
  project(asking: Asking): OpenProject
  /** The open project for work that no request waits for; it writes as the owner. Throws PROJECT_NOT_OPEN. */
  openProject(): OpenProject
  publish(event: AppEvent): void
}
