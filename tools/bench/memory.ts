import { join } from 'node:path'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { listChildren, buildProgram, startHost } from '../program.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow, stop } from './host-cases.ts'
import { writePhotos } from './photos.ts'
import { readPeakMegabytes } from './process-memory.ts'
import { setTimeout as sleep } from 'node:timers/promises'

const PHOTOS = 300
const PAGE = 200

/**
 * The most memory of each process while 300 pictures are imported, their thumbnails made, and somebody pages through
 * the library meanwhile. The host's number has its database threads in it.
 */
export async function benchMemory(): Promise<BenchRow[]> {
  return withFolder(async (folder) => {
    await writePhotos(join(folder, 'photos'), PHOTOS)
    const host = startHost(await buildProgram(join(folder, 'data')), join(folder, 'project'))
    const client = await host.ready
    await client.imports.start({ path: join(folder, 'photos') })
    const media = await browseUntilIdle(client, host.pid)
    const peak = readPeakMegabytes(host.pid)
    await stop(host)
    return [
      ...(peak === null ? [] : [plainRow('memory.host', peak, 'MB')]),
      ...(media === 0 ? [] : [plainRow('memory.media', media, 'MB')]),
    ]
  })
}

/** Answers the peak of the largest child process. */
async function browseUntilIdle(client: Client, pid: number): Promise<number> {
  let peak = 0
  for (;;) {
    const { rows } = await client.library.page({
      ...{ query: '', sort: DEFAULT_SORT, position: 0, limit: PAGE },
    })
    const row = rows[Math.floor(rows.length / 2)]
    if (row !== undefined) await client.align.get({ imageId: row.id })
    for (const child of listChildren(pid)) peak = Math.max(peak, readPeakMegabytes(child) ?? 0)
    const jobs = await client.jobs.list({})
    if (!jobs.some((job) => job.state === 'queued' || job.state === 'running')) return peak
    await sleep(50)
  }
}
