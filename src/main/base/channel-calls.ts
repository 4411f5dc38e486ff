import { AppError } from '../../shared/errors.ts'
import type { Channel } from './channel.ts'
import { deserializeError, serializeError, type SerializedError } from './error-transfer.ts'

interface CallMessage {
  readonly id: number
  readonly name: string
  readonly args: unknown
}

type ReplyMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: SerializedError }

export interface Caller {
  /** Rejects with the other side's error, or WORKER_CRASHED when it dies first. */
  call(name: string, args: unknown): Promise<unknown>
}

/** The asking end of a channel: numbered calls, each answered once. */
export function createCaller(channel: Channel, workerName: string): Caller {
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  let nextId = 1
  let goneReason: string | null = null

  channel.onMessage((message) => {
    const reply = message as ReplyMessage
    const waiting = pending.get(reply.id)
    if (waiting === undefined) return
    pending.delete(reply.id)
    if (reply.ok) waiting.resolve(reply.value)
    else waiting.reject(deserializeError(reply.error))
  })
  channel.onExit((reason) => {
    goneReason = reason
    for (const waiting of pending.values()) waiting.reject(crashed(workerName, reason))
    pending.clear()
  })

  return {
    call(name, args) {
      if (goneReason !== null) return Promise.reject(crashed(workerName, goneReason))
      const id = nextId++
      const waiting = Promise.withResolvers<unknown>()
      pending.set(id, waiting)
      try {
        channel.post({ id, name, args } satisfies CallMessage)
      } catch (error) {
        pending.delete(id)
        waiting.reject(error)
      }
      return waiting.promise
    },
  }
}

export type CallHandlers = Readonly<Record<string, (args: never) => unknown>>

/** The answering end: runs the named handler and posts its result or its error, whatever it was. */
export function serveCalls(channel: Channel, handlers: CallHandlers): void {
  channel.onMessage((message) => {
    void answer(channel, handlers, message as CallMessage)
  })
}

async function answer(channel: Channel, handlers: CallHandlers, call: CallMessage): Promise<void> {
  let reply: ReplyMessage
  try {
    const handler = Object.hasOwn(handlers, call.name) ? handlers[call.name] : undefined
    if (handler === undefined) throw new Error(`The worker has no procedure named ${call.name}.`)
    reply = { id: call.id, ok: true, value: await handler(call.args as never) }
  } catch (error) {
    reply = { id: call.id, ok: false, error: serializeError(error) }
  }
  try {
    channel.post(reply)
  } catch (error) {
    // The result could not be cloned: the caller must still hear something, or it waits for ever.
    channel.post({ id: call.id, ok: false, error: serializeError(error) } satisfies ReplyMessage)
  }
}

function crashed(workerName: string, reason: string): AppError {
  return new AppError(
    'WORKER_CRASHED',
    `The ${workerName} process stopped before it answered (${reason}). It starts again by itself; try once more.`,
  )
}
