import type { Log } from '../../base/log.ts'
import type { Db } from '../../db/client.ts'
import type { UndoneChange } from '../../db/queries/journal.ts'
import type { FeatureContext } from '../open-project.ts'

/** Goes on with an undo or redo of a batch until its end. Others write between its steps. */
export async function finishRevert(db: Db, begun: UndoneChange): Promise<UndoneChange> {
  if (begun.rest === null) return begun
  const changed = await revertRest(db, begun.rest)
  return { ...begun, imageIds: null, changed: begun.changed + changed, rest: null }
}

/** Ends what the end of the program cut short. Never rejects: what fails now is gone on with at the next opening. */
export async function finishReverts(
  db: Db,
  context: Pick<FeatureContext, 'publish'>,
  log: Log,
): Promise<void> {
  try {
    for (const journalId of await db.read.listBatchReverts()) {
      await revertRest(db, journalId)
      context.publish({ topic: 'images', imageIds: null, isStructural: true })
    }
  } catch (error) {
    log.warn('An undo of many images could not be ended now', { error })
  }
}

async function revertRest(db: Db, journalId: number): Promise<number> {
  let changed = 0
  let rest: number | null = journalId
  while (rest !== null) {
    const page: Awaited<ReturnType<Db['write']['continueBatchRevert']>> =
      await db.write.continueBatchRevert({ journalId: rest })
    changed += page.changed.length
    rest = page.rest
  }
  return changed
}
