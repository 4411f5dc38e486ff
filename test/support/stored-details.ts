import Database from 'better-sqlite3'
import { projectFiles } from '../../src/main/db/project-files.ts'
import { storeDetails as store } from '../../src/main/db/queries/judgements.ts'
import type { Detail } from '../../src/shared/contract/judgements.ts'

/** Stores details of a text as if a check had found them; beside the core that has the project open. */
export function storeDetails(
  projectFolder: string,
  of: {
    readonly imageHash: string
    readonly text: string
    readonly details: readonly Detail[]
  },
): void {
  const db = new Database(projectFiles(projectFolder).database, { timeout: 5_000 })
  try {
    const { imageHash, text, details } = of
    const pack = { packRevision: 'test', calibrationId: 'test', algorithmVersion: 1 }
    store(db, { key: { imageHash, text, ...pack }, details })
  } finally {
    db.close()
  }
}
