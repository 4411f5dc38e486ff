import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { ProjectInfo } from '../../../shared/contract/projects.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { projectHeader } from '../../../shared/domain/request-headers.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asking } from '../../base/asking.ts'
import type { Log } from '../../base/log.ts'
import type { Spawn } from '../../base/channel.ts'
import { openDb, type Db } from '../../db/client.ts'
import { projectFiles } from '../../db/project-files.ts'
import type { Scheduler } from '../../jobs/scheduler.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'

interface KnownPerson {
  readonly name: string
  /** Newest first. */
  readonly formerNames: readonly string[]
}

export interface ProjectsOptions {
  readonly spawn: Spawn
  readonly log: Log
  readonly dataFolder: string
  readonly appVersion: string
  readonly publish: FeatureContext['publish']
  readonly owner: () => KnownPerson
  readonly guests: () => readonly (KnownPerson & { readonly id: string })[]
  readonly remember: (project: { readonly folder: string; readonly name: string }) => Promise<void>
  readonly recentFolder: () => string | null
  readonly startScheduler: (db: Db) => Promise<Scheduler>
  /** Starts the import of the bundled sample into the project that was just made for it. */
  readonly importSample: () => Promise<void>
}

export interface ProjectsService {
  current(): ProjectInfo | null
  /** Throws PROJECT_NOT_OPEN. */
  openProject(): OpenProject
  /** The open project as the asking person has it; see FeatureContext. */
  project(asking: Asking): OpenProject
  open(folder: string, options?: { readonly readOnly?: boolean }): Promise<ProjectInfo>
  create(folder: string): Promise<ProjectInfo>
  openSample(): Promise<ProjectInfo>
  /** For a damaged project: the backup copy takes its place, the damaged file stays beside it. */
  restoreBackup(folder: string): Promise<ProjectInfo>
  /** For a folder named on the command line: a new or empty folder becomes a project. */
  openOrCreate(folder: string): Promise<ProjectInfo>
  /** Opens what a start without a wish opens: the last project where it still is, else the sample. */
  openLastOrSample(): Promise<void>
  /** Somebody was invited or took another name: from now on the open project knows them. */
  refreshPeople(): Promise<void>
  close(): Promise<void>
}

type Open = OpenProject & {
  readonly info: ProjectInfo
  /** The person of each guest, by the guest's id. */
  readonly guestIds: ReadonlyMap<string, PersonId>
}

const NOBODY = 0 as PersonId

/** Owns the one project that is open. Opening another closes it first; both happen one after the other. */
export function createProjects(options: ProjectsOptions): ProjectsService {
  let open: Open | null = null
  let queue: Promise<unknown> = Promise.resolve()

  function serially<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }

  async function closeCurrent(): Promise<void> {
    const closing = open
    open = null
    if (closing === null) return
    await closing.scheduler.close()
    await closing.db.close()
  }

  async function openFolder(
    given: string,
    how: { readonly create: boolean; readonly readOnly: boolean; readonly notice?: string },
  ): Promise<ProjectInfo> {
    const folder = resolve(given)
    if (open !== null && open.files.folder === folder) return open.info
    // The new one first: when it cannot be opened, the old one stays.
    const db = await openDb({
      spawn: options.spawn,
      folder,
      create: how.create,
      readOnly: how.readOnly,
    })
    try {
      await closeCurrent()
      const stored = await db.read.getProject()
      const people = await ensurePeople(db)
      const scheduler = await options.startScheduler(db)
      const info: ProjectInfo = {
        uid: stored.uid,
        name: stored.name,
        folder,
        isSample: stored.isSample,
        isReadOnly: db.isReadOnly,
        notice: how.notice ?? describeState(db),
        appVersion: options.appVersion,
      }
      open = { files: projectFiles(folder), db, scheduler, ...people, info }
      if (!how.readOnly) await options.remember({ folder, name: stored.name })
      options.publish({ topic: 'project' })
      return info
    } catch (error) {
      await db.close()
      throw error
    }
  }

  async function createFolder(folder: string): Promise<ProjectInfo> {
    await checkCanCreate(resolve(folder))
    return openFolder(folder, { create: true, readOnly: false })
  }

  function openSampleNow(): Promise<ProjectInfo> {
    const folder = join(options.dataFolder, 'sample-project')
    if (existsSync(projectFiles(folder).database)) {
      return openFolder(folder, { create: false, readOnly: false })
    }
    return makeSample(folder)
  }

  async function makeSample(folder: string): Promise<ProjectInfo> {
    await openFolder(folder, { create: true, readOnly: false })
    const project = getOpen()
    await project.db.write.describeProject({ name: 'Sample project', isSample: true })
    const info = { ...project.info, name: 'Sample project', isSample: true }
    open = { ...project, info }
    await options.remember({ folder, name: info.name })
    await options.importSample()
    options.publish({ topic: 'project' })
    return info
  }

  /** A reader makes no person; drafts of id 0 do not exist, so it sees none. */
  async function ensurePeople(db: Db): Promise<Pick<Open, 'personId' | 'guestIds'>> {
    if (db.isReadOnly) return { personId: NOBODY, guestIds: new Map() }
    const personId = await db.write.ensurePerson(options.owner())
    const guestIds = new Map<string, PersonId>()
    for (const { id, name, formerNames } of options.guests()) {
      guestIds.set(id, await db.write.ensurePerson({ name, formerNames }))
    }
    return { personId, guestIds }
  }

  function getOpen(): Open {
    if (open === null) {
      throw new AppError('PROJECT_NOT_OPEN', 'Open a project or create one first.')
    }
    return open
  }

  return {
    current: () => open?.info ?? null,
    openProject: getOpen,
    project: (asking) => asSeenBy(getOpen(), asking),
    open: (folder, how = {}) =>
      serially(() => openFolder(folder, { create: false, readOnly: how.readOnly ?? false })),
    create: (folder) => serially(() => createFolder(folder)),
    openOrCreate: (folder) =>
      serially(() =>
        existsSync(projectFiles(resolve(folder)).database)
          ? openFolder(folder, { create: false, readOnly: false })
          : createFolder(folder),
      ),
    openSample: () => serially(openSampleNow),
    restoreBackup: (folder) =>
      serially(async () => {
        // The only one here who needs SQLite in this thread, which is not loaded for a start.
        const { putBackupInPlace } = await import('../../db/backup.ts')
        const notice = await putBackupInPlace(projectFiles(resolve(folder)))
        return openFolder(folder, { create: false, readOnly: false, notice })
      }),
    openLastOrSample: () =>
      serially(async () => {
        const last = options.recentFolder()
        if (last !== null && existsSync(projectFiles(last).database)) {
          try {
            await openFolder(last, { create: false, readOnly: false })
            return
          } catch (error) {
            options.log.warn('The last project could not be opened; opening the sample', { error })
          }
        }
        await openSampleNow()
      }),
    refreshPeople: () =>
      serially(async () => {
        if (open === null || open.info.isReadOnly) return
        const people = await ensurePeople(open.db)
        open = { ...open, ...people }
      }),
    close: () => serially(closeCurrent),
  }
}

function describeState(db: Db): string | null {
  if (db.isReadOnly) return 'This project is open for looking only; changes are not possible here.'
  if (db.wasUnclean) {
    return 'Realign was not closed properly last time. The project was checked and everything that was saved is here.'
  }
  return null
}

/**
 * All that changes the project goes through `db.write` or the scheduler, so that one check here keeps a window that
 * shows another project from writing into this one. Reading is no harm: the window is about to be told.
 */
function asSeenBy(open: Open, asking: Asking): OpenProject {
  const { asker, shownProject } = asking
  function checkSame(): void {
    if (shownProject === null || shownProject === projectHeader(open.info.uid)) return
    throw new AppError(
      'PROJECT_CHANGED',
      'This window shows a project that is not open any more, so nothing was written. Reload it to see the one that is open now.',
      { data: { projectUid: open.info.uid } },
    )
  }
  const { files, db } = open
  return {
    files,
    personId: asker.kind === 'owner' ? open.personId : (open.guestIds.get(asker.id) ?? NOBODY),
    db: {
      ...db,
      get write() {
        checkSame()
        return db.write
      },
    },
    get scheduler() {
      checkSame()
      return open.scheduler
    },
  }
}

/** A project goes into a folder of its own: a file among somebody's pictures would be in their way. */
async function checkCanCreate(folder: string): Promise<void> {
  if (existsSync(projectFiles(folder).database)) {
    throw new AppError(
      'TARGET_EXISTS',
      `“${basename(folder)}” is a project already. Open it instead of creating it.`,
    )
  }
  const found = await stat(folder).catch(() => null)
  if (found === null) return
  if (!found.isDirectory()) {
    throw new AppError(
      'TARGET_EXISTS',
      `Expected a folder for the new project, but “${basename(folder)}” is a file. Choose another name.`,
    )
  }
  const names = await readdir(folder)
  // A program that was killed while it made a project leaves its lock file, which holds nothing.
  const lock = basename(projectFiles(folder).lock)
  const others = names.filter((name) => !name.startsWith('.') && name !== lock)
  if (others.length > 0) {
    throw new AppError(
      'TARGET_EXISTS',
      `Expected an empty or new folder for the project, but “${basename(folder)}” holds ${others.length} other items. Choose an empty folder; your pictures stay where they are and are only read.`,
    )
  }
}
