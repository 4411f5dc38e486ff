import type Database from 'better-sqlite3'
import type { Channel } from '../base/channel.ts'
import { serveCalls, type CallHandlers } from '../base/channel-calls.ts'
import { openReader, openWriter } from './connection.ts'
import { classifyDatabaseError } from './database-errors.ts'
import { reads } from './reads.ts'
import { createWarmUp } from './warm-up.ts'
import { RELAXED_WRITES, writes } from './writes.ts'

type Query = (db: Database.Database, args: never) => unknown

/** Answers an open connection's calls: names of query functions, never SQL text. */
export interface ServedConnection {
  readonly handlers: CallHandlers
  close(): Promise<void>
}

function openServedWriter(
  folder: string,
  options: { readonly create: boolean },
): ServedConnection & { readonly wasUnclean: boolean } {
  const connection = classified(() => openWriter(folder, options))
  const { db } = connection
  return {
    wasUnclean: connection.wasUnclean,
    handlers: toHandlers(writes, (name, query) => (args) => {
      const isRelaxed = RELAXED_WRITES.has(name)
      if (isRelaxed) db.pragma('synchronous = NORMAL')
      try {
        return db.transaction(() => query(db, args)).immediate()
      } finally {
        if (isRelaxed) db.pragma('synchronous = FULL')
      }
    }),
    close: () => connection.close(),
  }
}

function openServedReader(folder: string): ServedConnection {
  const db = classified(() => openReader(folder))
  const warmUp = createWarmUp(db)
  return {
    // One transaction a call: a page and its count must speak of the same moment.
    handlers: toHandlers(reads, (name, query) => (args) => {
      const answer: unknown = db.transaction(() => query(db, args))()
      // Whoever opens a project waits for its first page, and for nothing else.
      if (name === 'libraryPage') warmUp.start()
      return answer
    }),
    close() {
      warmUp.stop()
      db.close()
      return Promise.resolve()
    },
  }
}

function toHandlers(
  queries: Readonly<Record<string, Query>>,
  run: (name: string, query: Query) => (args: never) => unknown,
): CallHandlers {
  return Object.fromEntries(
    Object.entries(queries).map(([name, query]) => {
      const handler = run(name, query)
      return [name, (args: never) => classified(() => handler(args))]
    }),
  )
}

function classified<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw classifyDatabaseError(error)
  }
}

/** What a database thread is told first; it may have been started before anybody knew. */
export interface OpenConnection {
  readonly folder: string
  readonly mode: 'read' | 'write'
  /** Whether a writer makes a project where there is none. */
  readonly create: boolean
}

/** Serves one connection over a channel: the first call must be `open`, the last is `close`. */
export function serveDatabase(channel: Channel): void {
  let served: ServedConnection | null = null
  const forwarded = Object.fromEntries(
    Object.keys({ ...reads, ...writes }).map((name) => [
      name,
      (args: never) => {
        const handler = served?.handlers[name]
        if (handler === undefined)
          throw new Error(`The database was asked for ${name} before it was open for that.`)
        return handler(args)
      },
    ]),
  )
  serveCalls(channel, {
    ...forwarded,
    open: ({ folder, mode, create }: OpenConnection) => {
      if (mode === 'read') {
        served = openServedReader(folder)
        return { wasUnclean: false }
      }
      const writer = openServedWriter(folder, { create })
      served = writer
      return { wasUnclean: writer.wasUnclean }
    },
    close: async () => {
      await served?.close()
      served = null
    },
  })
}
