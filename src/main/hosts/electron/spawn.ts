import { utilityProcess } from 'electron'
import { workerEntry } from '../../base/app-paths.ts'
import type { Channel, Spawn } from '../../base/channel.ts'
import { childEnvironment, openThread } from '../../base/channel-hosts.ts'

export const spawnElectronWorker: Spawn = (name, data) => {
  switch (name) {
    case 'database':
    case 'text':
    case 'pictures':
    case 'subset':
      return openThread(workerEntry(name), data)
    case 'media':
    case 'inference':
      return openUtilityProcess(workerEntry(name), name, data)
  }
}

/** A utility process is Electron's child process: Node without the windows. */
function openUtilityProcess(
  entry: string,
  serviceName: string,
  data: Readonly<Record<string, string>>,
): Channel {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `Realign ${serviceName}`,
    env: childEnvironment(data),
    stdio: 'inherit',
  })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', listener)
      return () => child.off('message', listener)
    },
    onExit: (listener) => {
      const onExit = (code: number): void => listener(`exit code ${code}`)
      child.on('exit', onExit)
      return () => child.off('exit', onExit)
    },
    kill: () => void child.kill(),
  }
}
