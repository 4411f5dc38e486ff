import { existsSync } from 'node:fs'
import { copyFile, rename, stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import type { ProjectFiles } from './project-files.ts'
import { takeLock } from './project-lock.ts'

/**
 * Puts the backup copy in the place of a damaged project file and answers a sentence for the user. The damaged file
 * is kept beside it, because somebody may still read more out of it than the copy holds.
 */
export async function putBackupInPlace(files: ProjectFiles): Promise<string> {
  const found = await stat(files.backup).catch(() => null)
  if (found === null) {
    throw new AppError(
      'PROJECT_NOT_FOUND',
      'This project has no backup copy in its cache folder. Restore the project file from your own backup.',
    )
  }
  const releaseLock = takeLock(files)
  try {
    await moveAside(files)
    await copyFile(files.backup, files.database)
  } finally {
    releaseLock()
  }
  return `The project file was damaged. This is its backup copy of ${found.mtime.toISOString()}; the damaged file is kept beside it.`
}

async function moveAside(files: ProjectFiles): Promise<void> {
  const damaged = `${files.database}.damaged-${Date.now()}`
  for (const ending of ['-wal', '-shm']) {
    if (existsSync(`${files.database}${ending}`)) {
      await rename(`${files.database}${ending}`, `${damaged}${ending}`)
    }
  }
  if (existsSync(files.database)) await rename(files.database, damaged)
}
