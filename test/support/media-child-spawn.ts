import { fileURLToPath } from 'node:url'
import { openChild } from '../../src/main/base/channel-hosts.ts'
import type { Channel, Spawn } from '../../src/main/base/channel.ts'

const ENTRY = fileURLToPath(new URL('../../src/main/workers/media.ts', import.meta.url))

/** Spawns the real media process and keeps its lines, so that a test can kill one in the middle of its work. */
export function createMediaChildSpawn(): { readonly spawn: Spawn; readonly channels: Channel[] } {
  const channels: Channel[] = []
  return {
    channels,
    spawn: (_name, data) => {
      const channel = openChild(ENTRY, data)
      channels.push(channel)
      return channel
    },
  }
}
