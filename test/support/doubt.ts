import Database from 'better-sqlite3'
import { projectFiles } from '../../src/main/db/project-files.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'

/**
 * Leaves of an image what a check that found faults leaves in the listing: for tests alone. Works on the project's file
 * beside the core that has it open, because the core takes no verdicts from outside.
 */
export function doubtCaption(projectFolder: string, imageId: ImageId, risk: number): void {
  const db = new Database(projectFiles(projectFolder).database, { timeout: 5_000 })
  try {
    db.prepare('UPDATE image_state SET risk = ? WHERE image_id = ?').run(risk, imageId)
  } finally {
    db.close()
  }
}
