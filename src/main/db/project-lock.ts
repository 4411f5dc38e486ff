import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import type { ProjectFiles } from './project-files.ts'

/**
 * Holds an exclusive SQLite lock on a small file of its own. Unlike a file with a process number in it, the
 * system releases it when the program is killed, and a reused process number cannot be mistaken for the owner.
 */
export function takeLock(files: ProjectFiles): () => void {
  const lock = new Database(files.lock, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'PROJECT_LOCKED',
        `The project “${basename(files.folder)}” is open in another Realign (a window, a server or a command). Close it there, then try again.`,
      )
    }
    throw error
  }
  return () => {
    lock.close()
    rmSync(files.lock, { force: true })
  }
}
