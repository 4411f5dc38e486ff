import { stat } from 'node:fs/promises'
import { workerEntry } from '../base/app-paths.ts'
import { openThread } from '../base/channel-hosts.ts'
import { createIdleThread } from '../base/idle-thread.ts'
import type { ParquetFile } from './parquet-file.ts'
import type { ParquetDescription, ReadArgs } from './parquet-serve.ts'

/** A part of a sound file takes a second or two. A damaged one may count to billions. */
const LIMIT_MS = 20_000
const MAX_HEAP_MB = 1_024

const IDLE_MS = 1_000

const thread = createIdleThread({
  worker: 'tables',
  idleMs: IDLE_MS,
  open: () => openThread(workerEntry('tables'), {}, MAX_HEAP_MB),
})

/** What took too long, with the state of its file then: nobody waits for the same damage again. */
const givenUp = new Map<string, string>()
const MAX_GIVEN_UP = 1_000

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

async function ask(name: string, args: { readonly path: string }): Promise<unknown> {
  const wish = JSON.stringify([name, args])
  const known = givenUp.get(wish)
  if (known !== undefined && known === (await stateOf(args.path))) {
    throw new Error('Reading this part took too long before, so the file is damaged.')
  }
  return thread.call(name, args, { afterMs: LIMIT_MS, onLate: () => giveUp(wish, args.path) })
}

async function giveUp(wish: string, path: string): Promise<void> {
  if (givenUp.size >= MAX_GIVEN_UP) givenUp.clear()
  givenUp.set(wish, await stateOf(path))
}

async function stateOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found === null ? 'gone' : `${found.size} ${found.mtimeMs}`
}
