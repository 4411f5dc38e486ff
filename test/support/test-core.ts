import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { JobId } from '../../src/shared/domain/ids.ts'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { silentLog } from '../../src/main/base/log.ts'
import { createCore, type HostPort } from '../../src/main/core.ts'
import { spawnNodeWorker } from '../../src/main/hosts/node/spawn.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { openBridge, type Bridge, type BridgeName } from './bridges.ts'

export interface TestCore extends Bridge {
  /** A temporary folder of this test, removed by `close`. */
  readonly folder: string
  /** Stops the core and starts it again on the same project and user data. */
  restart(): Promise<TestCore>
}

/** Starts the whole core with real threads and processes behind a bridge, on a new project in a temporary folder. */
export async function openTestCore(
  bridgeName: BridgeName,
  options: { readonly host?: HostPort; readonly sampleFolder?: string } = {},
): Promise<TestCore> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-test-'))
  const { host = { kind: 'node', canListFolders: true }, sampleFolder: sample = sampleFolder() } =
    options
  return openIn(folder, bridgeName, { host, sample })
}

async function openIn(
  folder: string,
  bridgeName: BridgeName,
  options: { readonly host: HostPort; readonly sample: string },
): Promise<TestCore> {
  const bridge = await openBridge(bridgeName, (guard) =>
    createCore({
      spawn: spawnNodeWorker,
      host: options.host,
      guard,
      dataFolder: join(folder, 'data'),
      sampleFolder: options.sample,
      assetsFolder: null,
      appVersion: '0.0.0-test',
      log: silentLog,
      project: join(folder, 'project'),
    }),
  )
  return {
    ...bridge,
    folder,
    async restart() {
      await bridge.close()
      return openIn(folder, bridgeName, options)
    },
    async close() {
      await bridge.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until a job has ended, whatever its end. */
export async function waitForJob(client: Client, jobId: JobId): Promise<Job> {
  for (;;) {
    const job = await client.jobs.get({ jobId })
    if (job.state !== 'queued' && job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** Imports a path and answers the ended job; the test says what to expect of it. */
export async function importSource(
  client: Client,
  request: Parameters<Client['imports']['start']>[0],
): Promise<Job> {
  const { jobId } = await client.imports.start(request)
  return waitForJob(client, jobId)
}
