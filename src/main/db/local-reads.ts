import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import type { Caller } from '../base/channel-calls.ts'
import { setCacheBudget } from './cache-budget.ts'
import { remote, type Db } from './client.ts'
import { openReader } from './connection.ts'
import { classifyDatabaseError } from './database-errors.ts'
import { reads } from './reads.ts'

/** Long work passes over tables once, so a page that was read is hardly asked for again. */
const CACHE_KILOBYTES = 8_192
/** The eight numbers of a million images that the screens of image quality compare. */
const REMEMBERED_BYTES = 32 * 1024 * 1024

export interface LocalReads {
  readonly read: Db['read']
  /** The same by their names. */
  readonly caller: Caller
  close(): void
}

/**
 * What looks at the project, over a connection of the calling thread's own. Between two queries the thread hears what it is
 * told, such as that nobody waits any more.
 */
export function openLocalReads(folder: string): LocalReads {
  const db = classified(() => openReader(folder))
  db.pragma(`cache_size = -${CACHE_KILOBYTES}`)
  setCacheBudget(db, REMEMBERED_BYTES)
  const queries: Readonly<Record<string, (db: Database.Database, args: never) => unknown>> = reads
  const caller: Caller = {
    async call(name, args) {
      await nextTurn()
      const query = queries[name]
      if (query === undefined) throw new Error(`There is no query named ${name}.`)
      return classified(() => db.transaction(() => query(db, args as never))())
    },
  }
  return {
    read: remote<typeof reads>(caller),
    caller,
    close: () => {
      db.close()
    },
  }
}

function classified<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw classifyDatabaseError(error)
  }
}
