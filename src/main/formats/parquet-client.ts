import { workerEntry } from '../base/app-paths.ts'
import { createCaller, type Caller } from '../base/channel-calls.ts'
import { openThread } from '../base/channel-hosts.ts'
import type { ParquetFile } from './parquet-file.ts'
import type { ParquetDescription, ReadArgs } from './parquet-serve.ts'

/** A part of a sound file takes a second or two. A damaged one may count to billions. */
const LIMIT_MS = 20_000
const MAX_HEAP_MB = 1_024
const IDLE_MS = 1_000

interface Thread {
  readonly caller: Caller
  kill(): void
  calls: number
  idle: NodeJS.Timeout | undefined
}

let thread: Thread | null = null

/**
 * Opens a file in a thread of its own, which is ended when it takes too long or too much memory: decoding blocks, and a
 * damaged file must not hold up whoever else waits. Throws as `openParquetHere`, and a plain error for a part that was
 * given up.
 */
export async function openParquetFile(path: string): Promise<ParquetFile> {
  const description = (await ask('describe', { path })) as ParquetDescription
  return {
    ...description,
    read: async (columns, part, withBytes = false) => {
      const args = { path, columns, part, withBytes } satisfies ReadArgs
      return (await ask('read', args)) as Awaited<ReturnType<ParquetFile['read']>>
    },
  }
}

async function ask(name: string, args: unknown): Promise<unknown> {
  const asked = (thread ??= startThread())
  asked.calls += 1
  clearTimeout(asked.idle)
  const limit = setTimeout(() => end(asked), LIMIT_MS)
  try {
    return await asked.caller.call(name, args)
  } finally {
    clearTimeout(limit)
    asked.calls -= 1
    if (asked.calls === 0) asked.idle = setTimeout(() => end(asked), IDLE_MS)
  }
}

function startThread(): Thread {
  const channel = openThread(workerEntry('tables'), {}, MAX_HEAP_MB)
  const started: Thread = {
    caller: createCaller(channel, 'tables'),
    kill: () => channel.kill(),
    calls: 0,
    idle: undefined,
  }
  channel.onExit(() => end(started))
  return started
}

function end(ended: Thread): void {
  clearTimeout(ended.idle)
  if (thread === ended) thread = null
  ended.kill()
}
