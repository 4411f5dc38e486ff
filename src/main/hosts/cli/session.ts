import { appVersion, dataFolder, sampleFolder } from '../../base/app-paths.ts'
import { OWNER } from '../../base/asking.ts'
import { createLog } from '../../base/log.ts'
import { createCore } from '../../core.ts'
import { createClient } from '../../http/rpc-client.ts'
import { nodeHost } from '../node/node-host.ts'
import { spawnNodeWorker } from '../node/spawn.ts'
import { readLogLevel, type CliContext, type Session } from './context.ts'

/** Nothing listens here: requests never leave the process. */
const IN_PROCESS_ORIGIN = 'http://localhost'

/** Starts a core of our own with no project open. The caller closes it. */
export async function openSession(env: CliContext['env']): Promise<Session> {
  const core = await createCore({
    spawn: spawnNodeWorker,
    host: nodeHost,
    guard: () => OWNER,
    dataFolder: dataFolder(env),
    sampleFolder: sampleFolder(),
    assetsFolder: null,
    appVersion: appVersion(),
    log: createLog(readLogLevel(env, 'warn')),
    project: null,
  })
  return {
    client: createClient(IN_PROCESS_ORIGIN, (request) => core.handle(request)),
    close: () => core.close(),
  }
}
