import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { OWNER } from '../../src/main/base/asking.ts'
import { silentLog } from '../../src/main/base/log.ts'
import { createCore } from '../../src/main/core.ts'
import { nodeHost } from '../../src/main/hosts/node/node-host.ts'
import { spawnNodeWorker } from '../../src/main/hosts/node/spawn.ts'
import { createClient, type Client } from '../../src/main/http/rpc-client.ts'

export interface BenchCore {
  readonly client: Client
  close(): Promise<void>
}

/** The whole core with its real threads and processes, asked without a network, on a new project. */
export async function openBenchCore(folder: string): Promise<BenchCore> {
  const core = await createCore({
    spawn: spawnNodeWorker,
    host: nodeHost,
    guard: () => OWNER,
    dataFolder: join(folder, 'data'),
    sampleFolder: sampleFolder(),
    assetsFolder: null,
    appVersion: 'bench',
    log: silentLog,
    project: join(folder, 'project'),
  })
  return {
    client: createClient('http://localhost', (request) => core.handle(request)),
    close: () => core.close(),
  }
}

/** Waits for the end of a job; throws where it failed. Each look costs the host about a millisecond. */
export async function endOf(
  client: Client,
  jobId: Parameters<Client['jobs']['get']>[0]['jobId'],
  lookEveryMs = 10,
) {
  for (;;) {
    const job = await client.jobs.get({ jobId })
    if (job.state === 'failed') throw new Error(`${job.title}: ${job.error?.message ?? 'failed'}`)
    if (job.state !== 'queued' && job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

export async function untilIdle(client: Client): Promise<void> {
  for (;;) {
    const jobs = await client.jobs.list({})
    if (!jobs.some(({ state }) => state === 'queued' || state === 'running')) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Runs with a temporary folder that is removed afterwards, whatever happens. */
export async function withFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
