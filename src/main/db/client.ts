import type Database from 'better-sqlite3'
import type { Spawn } from '../base/channel.ts'
import { createCaller, type Caller } from '../base/channel-calls.ts'
import { AppError } from '../../shared/errors.ts'
import { createAside, type AsideRead } from './aside.ts'
import type { reads } from './reads.ts'
import type { OpenConnection } from './serve.ts'
import type { writes } from './writes.ts'

/** A record of query functions as the other threads see it: same names, no connection, promised answers. */
type Remote<Queries> = {
  readonly [Name in keyof Queries]: Queries[Name] extends (
    db: Database.Database,
    ...args: infer Args
  ) => infer Answer
    ? (...args: Args) => Promise<Answer>
    : never
}

export interface Db {
  readonly read: Remote<typeof reads>
  readonly write: Remote<typeof writes>
  /**
   * A thread that computes over the project with a reading connection of its own, so that long work holds up neither
   * answers nor other reads. It starts with the first question and ends when it is idle, and before the project is closed.
   */
  readonly aside: Caller
  /** As `read`, answered by the thread beside: for what looks at all images, so that no page of the library waits for it. */
  readonly readAside: Remote<typeof reads>
  /** True when the last program that had the project open did not close it. */
  readonly wasUnclean: boolean
  readonly isReadOnly: boolean
  /** Finishes what is queued, writes the backup copy, releases the lock. */
  close(): Promise<void>
}

/**
 * Opens a project: one thread that writes and one that reads, so that a long scan never delays an autosave.
 * `readOnly` takes no lock and can look at a project that another program has open.
 */
export async function openDb(options: {
  readonly spawn: Spawn
  readonly folder: string
  readonly create: boolean
  readonly readOnly: boolean
}): Promise<Db> {
  const writer = options.readOnly ? null : startThread(options, 'write')
  // Both start at the same time, and the reader opens what the writer has brought up to date.
  const reader = startThread(options, 'read')
  let wasUnclean = false
  try {
    const opened = await writer?.open()
    wasUnclean = opened?.wasUnclean ?? false
  } catch (error) {
    reader.stop()
    writer?.stop()
    throw error
  }
  try {
    await reader.open()
  } catch (error) {
    reader.stop()
    await writer?.close()
    throw error
  }
  const aside = createAside(options)
  return {
    read: remote<typeof reads>(reader.caller),
    write: remote<typeof writes>(writer?.caller ?? refusingCaller),
    aside,
    readAside: remote<typeof reads>({
      call: (name, args) => aside.call('read', { name, args } satisfies AsideRead),
    }),
    wasUnclean,
    isReadOnly: writer === null,
    async close() {
      await aside.close()
      await reader.close()
      await writer?.close()
    },
  }
}

const refusingCaller: Caller = {
  call: () =>
    Promise.reject(
      new AppError(
        'DATABASE_READ_ONLY',
        'The project is open for reading only. Close it in the other Realign and open it again to change it.',
      ),
    ),
}

interface DatabaseThread {
  readonly caller: Caller
  open(): Promise<{ readonly wasUnclean: boolean }>
  close(): Promise<void>
  stop(): void
}

function startThread(
  { spawn, folder, create }: Omit<OpenConnection, 'mode'> & { readonly spawn: Spawn },
  mode: 'read' | 'write',
): DatabaseThread {
  const channel = spawn('database', {})
  const caller = createCaller(channel, 'database')
  return {
    caller,
    open: async () =>
      (await caller.call('open', { folder, mode, create } satisfies OpenConnection)) as {
        wasUnclean: boolean
      },
    stop: () => channel.kill(),
    async close() {
      try {
        await caller.call('close', null)
      } finally {
        channel.kill()
      }
    },
  }
}

/** Query functions by their names, asked through a caller. */
export function remote<Queries>(caller: Caller): Remote<Queries> {
  return new Proxy(
    {},
    {
      // A promise must not take the proxy for one of its own kind.
      get: (_target, name) =>
        name === 'then' ? undefined : (args: unknown) => caller.call(String(name), args),
    },
  ) as Remote<Queries>
}
