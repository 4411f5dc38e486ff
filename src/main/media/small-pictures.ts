import { workerEntry } from '../base/app-paths.ts'
import { createCaller, type Caller } from '../base/channel-calls.ts'
import { openThread } from '../base/channel-hosts.ts'
import type { SmallPictures } from './small-pictures-serve.ts'

const IDLE_MS = 1_000

interface Thread {
  readonly caller: Caller
  kill(): void
  calls: number
  idle: NodeJS.Timeout | undefined
}

let thread: Thread | null = null

/**
 * Reads many small picture files at once in a thread that waits for the disk itself: asked for one by one, each costs
 * several times what its reading does. Null for one that is large, gone or odd, which `readPictureBytes` then reads or
 * names the mistake of.
 */
export async function readSmallPictures(
  addresses: readonly string[],
): Promise<readonly (Uint8Array | null)[]> {
  const asked = (thread ??= startThread())
  asked.calls += 1
  clearTimeout(asked.idle)
  try {
    return cut((await asked.caller.call('read', { addresses })) as SmallPictures)
  } finally {
    asked.calls -= 1
    if (asked.calls === 0) asked.idle = setTimeout(() => end(asked), IDLE_MS)
  }
}

function cut({ bytes, sizes }: SmallPictures): readonly (Uint8Array | null)[] {
  let offset = 0
  return sizes.map((size) => {
    if (size === null) return null
    offset += size
    return bytes.subarray(offset - size, offset)
  })
}

function startThread(): Thread {
  const channel = openThread(workerEntry('files'), {})
  const started: Thread = {
    caller: createCaller(channel, 'files'),
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
