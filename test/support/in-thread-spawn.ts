import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Channel, Spawn, WorkerName } from '../../src/main/base/channel.ts'

export type ServeInThread = (channel: Channel, data: Readonly<Record<string, string>>) => void

/**
 * A spawn that serves workers in the test's own thread, so that a debugger and coverage see them. What crosses is still
 * cloned. `kill` on the asking end ends both.
 */
export function createInThreadSpawn(
  serve: Readonly<Partial<Record<WorkerName, ServeInThread>>>,
): Spawn {
  return (name, data) => {
    const serveWorker = serve[name]
    if (serveWorker === undefined) throw new Error(`This test serves no worker named ${name}.`)
    const { port1, port2 } = new MessageChannel()
    serveWorker(toChannel(port2), data)
    return toChannel(port1)
  }
}

function toChannel(port: MessagePort): Channel {
  let isGone = false
  return {
    post: (message) => {
      if (!isGone) port.postMessage(message)
    },
    onMessage: (listener) => {
      port.on('message', listener)
      return () => port.off('message', listener)
    },
    onExit: (listener) => {
      const onClose = (): void => {
        isGone = true
        listener('closed')
      }
      port.once('close', onClose)
      return () => port.off('close', onClose)
    },
    kill: () => {
      isGone = true
      port.close()
    },
  }
}
