import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { AppError } from '../../shared/errors.ts'
import { makeFolder } from '../base/make-folder.ts'
import { migrate, newestVersion, readVersion } from './migrate.ts'
import { projectFiles, type ProjectFiles } from './project-files.ts'
import { takeLock } from './project-lock.ts'
import { rememberImageCount } from './queries/image-count.ts'

const BUSY_TIMEOUT_MS = 5_000
/** Whole tables pass through it; the system keeps the pages too, so 64 MB gained no processor time over 16. */
const READER_CACHE_KILOBYTES = 16_384

export interface WriterConnection {
  readonly db: Database.Database
  /** True when the last program that had the project open did not close it. */
  readonly wasUnclean: boolean
  close(): Promise<void>
}

/**
 * Opens the project for writing: takes the lock, migrates (after a copy of the file), checks the file after an
 * unclean stop. Creates the project when `create` is set and the folder holds none.
 */
export function openWriter(
  folder: string,
  options: { readonly create: boolean },
): WriterConnection {
  const files = projectFiles(folder)
  const isNew = !existsSync(files.database)
  if (isNew && !options.create) {
    throw new AppError(
      'PROJECT_NOT_FOUND',
      `Expected a folder with a file named project.realign, but “${basename(folder)}” has none. Choose a project folder, or create a project there.`,
    )
  }
  makeProjectFolder(folder)
  const releaseLock = takeLock(files)
  try {
    return prepareWriter(files, { isNew, releaseLock })
  } catch (error) {
    releaseLock()
    throw error
  }
}

function prepareWriter(
  files: ProjectFiles,
  options: { readonly isNew: boolean; readonly releaseLock: () => void },
): WriterConnection {
  const wasUnclean = existsSync(`${files.database}-wal`)
  const db = new Database(files.database, { timeout: BUSY_TIMEOUT_MS })
  try {
    tune(db)
    db.pragma('synchronous = FULL')
    if (wasUnclean) checkIntegrity(db)
    copyBeforeMigration(db, files, options.isNew)
    migrate(db)
    // Asked of the file: a program that was killed while it made the project may have left a file without.
    if (!isDescribed(db)) describeProject(db, basename(files.folder))
  } catch (error) {
    db.close()
    throw error
  }
  return {
    db,
    wasUnclean,
    async close() {
      try {
        rememberImageCount(db)
        await backUp(db, files)
      } catch {
        // The project itself is whole; on a full disk the older copy stays, and the next close tries again.
      } finally {
        db.close()
        options.releaseLock()
      }
    },
  }
}

/** Opens a second connection that cannot write; WAL lets it read while the writer writes. */
export function openReader(folder: string): Database.Database {
  const files = projectFiles(folder)
  if (!existsSync(files.database)) {
    throw new AppError(
      'PROJECT_NOT_FOUND',
      `Expected a folder with a file named project.realign, but “${basename(folder)}” has none. Choose a project folder.`,
    )
  }
  const db = new Database(files.database, { readonly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    db.pragma('query_only = ON')
    db.pragma(`cache_size = -${READER_CACHE_KILOBYTES}`)
    const version = readVersion(db)
    if (version > newestVersion()) migrate(db)
    if (version < newestVersion()) {
      throw new AppError(
        'DATABASE_READ_ONLY',
        'This project was made by an older Realign and has to be brought up to date first. Open it once for writing.',
      )
    }
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

function makeProjectFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
    throw new AppError(
      'TARGET_UNWRITABLE',
      `Expected a folder for the project, but “${basename(folder)}” cannot be made there (${code}). Choose a place where you may write.`,
      { cause: error },
    )
  }
}

function tune(db: Database.Database): void {
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -65536')
  db.pragma('temp_store = MEMORY')
}

function checkIntegrity(db: Database.Database): void {
  const answer: unknown = db.pragma('quick_check(1)', { simple: true })
  if (answer === 'ok') return
  throw new AppError(
    'DATABASE_CORRUPT',
    'The project file was damaged when Realign last stopped. Open its last backup copy, or restore the file from your own backup.',
    { data: { check: String(answer) } },
  )
}

function copyBeforeMigration(db: Database.Database, files: ProjectFiles, isNew: boolean): void {
  const version = readVersion(db)
  if (isNew || version === 0 || version >= newestVersion()) return
  const copy = `${files.backup}.before-${version}`
  mkdirSync(dirname(copy), { recursive: true })
  db.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(files.database, copy)
}

async function backUp(db: Database.Database, files: ProjectFiles): Promise<void> {
  const changes = db.prepare("SELECT value FROM counter WHERE name = 'change'").pluck().get()
  const saved = db.prepare("SELECT value FROM setting WHERE key = 'backup.change'").pluck().get()
  if (existsSync(files.backup) && String(changes) === saved) return
  mkdirSync(dirname(files.backup), { recursive: true })
  const temporary = `${files.backup}.${process.pid}`
  try {
    await db.backup(temporary)
    renameSync(temporary, files.backup)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  db.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('backup.change', ?)").run(
    String(changes),
  )
}

function isDescribed(db: Database.Database): boolean {
  return db.prepare('SELECT count(*) FROM project').pluck().get() !== 0
}

function describeProject(db: Database.Database, name: string): void {
  db.prepare('INSERT INTO project (id, uid, name, created_at) VALUES (1, ?, ?, ?)').run(
    uuid(),
    name,
    Date.now(),
  )
}
