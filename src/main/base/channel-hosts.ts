import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import type { Channel } from './channel.ts'

/**
 * Room for what a thread makes and soon drops. Node's own is 192 MB, which a thread that reads rows one after the other
 * fills before it looks what is still in use; there are four or five of them.
 */
const YOUNG_GENERATION_MB = 24

/** Starts a worker thread on an entry file; one that may need more memory than `maxHeapMb` is ended when it does. */
export function openThread(
  entry: string,
  data: Readonly<Record<string, string>>,
  maxHeapMb?: number,
): Channel {
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      ...(maxHeapMb === undefined ? {} : { maxOldGenerationSizeMb: maxHeapMb }),
    },
  })
  let failure: Error | null = null
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
  })
  return {
    // The rule wants a target origin, which belongs to windows, not to worker threads.
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.on('message', listener)
      return () => worker.off('message', listener)
    },
    onExit: (listener) => {
      const onExit = (code: number): void => listener(failure?.message ?? `exit code ${code}`)
      worker.on('exit', onExit)
      return () => worker.off('exit', onExit)
    },
    kill: () => void worker.terminate(),
  }
}

/**
 * What a child process starts with. Image work runs in libuv's threads, four by default and only changeable
 * before a process starts: here one a core, and a few that read and write files beside them.
 */
export function childEnvironment(data: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...(process.env as Record<string, string>),
    UV_THREADPOOL_SIZE: String(availableParallelism() + 4),
    REALIGN_WORKER_DATA: JSON.stringify(data),
  }
}

/** Starts a child process on an entry file; structured cloning, so that bytes and undefined survive. */
export function openChild(entry: string, data: Readonly<Record<string, string>>): Channel {
  const child: ChildProcess = fork(entry, [], {
    serialization: 'advanced',
    env: childEnvironment(data),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('error', () => {
    // 'exit' follows or the channel closes; without a listener Node would end the whole process.
  })
  return {
    post: (message) => {
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (listener) => {
      child.on('message', listener)
      return () => child.off('message', listener)
    },
    onExit: (listener) => {
      const onExit = (code: number | null, signal: string | null): void =>
        listener(signal ?? `exit code ${code ?? 'unknown'}`)
      child.on('exit', onExit)
      return () => child.off('exit', onExit)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** The worker thread's own end of the line. */
export function connectThread(): { channel: Channel; data: Readonly<Record<string, string>> } {
  const port = parentPort
  if (port === null) throw new Error('This entry file must be started as a worker thread.')
  return {
    data: workerData as Readonly<Record<string, string>>,
    channel: {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', listener)
        return () => port.off('message', listener)
      },
      onExit: () => () => {},
      kill: () => process.exit(0),
    },
  }
}

/** A child process's own end of the line, under Node or as Electron's utility process. */
export function connectChild(): { channel: Channel; data: Readonly<Record<string, string>> } {
  const data = JSON.parse(process.env['REALIGN_WORKER_DATA'] ?? '{}') as Readonly<
    Record<string, string>
  >
  const electronPort = readElectronPort()
  if (electronPort !== null) {
    return {
      data,
      channel: {
        post: (message) => electronPort.postMessage(message),
        onMessage: (listener) => {
          const onMessage = (event: { data: unknown }): void => listener(event.data)
          electronPort.on('message', onMessage)
          return () => electronPort.off('message', onMessage)
        },
        onExit: () => () => {},
        kill: () => process.exit(0),
      },
    }
  }
  // A parent that was killed cannot tell its children to stop.
  process.on('disconnect', () => process.exit(0))
  return {
    data,
    channel: {
      // A parent that died in the meantime has no use for the answer; unheard, the failure would end us as a crash.
      post: (message) => void process.send?.(message, undefined, undefined, () => {}),
      onMessage: (listener) => {
        process.on('message', listener)
        return () => process.off('message', listener)
      },
      onExit: () => () => {},
      kill: () => process.exit(0),
    },
  }
}

interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  off(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** Electron's utility processes get `process.parentPort`; plain Node has no such thing. */
function readElectronPort(): ElectronPort | null {
  return (process as { parentPort?: ElectronPort }).parentPort ?? null
}
