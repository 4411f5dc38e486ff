import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import type { Channel } from './channel.ts'
import { createCaller, serveCalls, type CallHandlers } from './channel-calls.ts'

/** Two ends of a line in one thread; messages are cloned as between threads. */
function openLine(): { near: Channel; far: Channel; breakDown: (reason: string) => void } {
  const listeners = { near: new Set<(m: unknown) => void>(), far: new Set<(m: unknown) => void>() }
  const exits = new Set<(reason: string) => void>()
  const end = (own: 'near' | 'far', other: 'near' | 'far'): Channel => ({
    post(message) {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => {
        for (const listener of listeners[other]) listener(copy)
      })
    },
    onMessage(listener) {
      listeners[own].add(listener)
      return () => listeners[own].delete(listener)
    },
    onExit(listener) {
      exits.add(listener)
      return () => exits.delete(listener)
    },
    kill() {},
  })
  return {
    near: end('near', 'far'),
    far: end('far', 'near'),
    breakDown: (reason) => {
      for (const exit of exits) exit(reason)
    },
  }
}

function connect(handlers: CallHandlers) {
  const line = openLine()
  serveCalls(line.far, handlers)
  return { caller: createCaller(line.near, 'test'), breakDown: line.breakDown }
}

describe('calls over a channel', () => {
  it('answers each call with its own result', async () => {
    const { caller } = connect({ double: (value: number) => value * 2 })
    expect(await Promise.all([1, 2, 3].map((value) => caller.call('double', value)))).toEqual([
      2, 4, 6,
    ])
  })

  it('rejects with the error of the other side', async () => {
    const { caller } = connect({
      fail: () => {
        throw new AppError('IMAGE_NOT_FOUND', 'gone')
      },
    })
    await expect(caller.call('fail', null)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' })
    await expect(caller.call('unknown', null)).rejects.toThrow('no procedure named unknown')
  })

  it('answers even when the result cannot be cloned', async () => {
    const { caller } = connect({ odd: () => () => 'a function' })
    await expect(caller.call('odd', null)).rejects.toThrow()
  })

  it('rejects what waits, and what comes later, when the other side is gone', async () => {
    const { caller, breakDown } = connect({ never: () => new Promise(() => {}) })
    const waiting = caller.call('never', null)
    breakDown('SIGSEGV')
    await expect(waiting).rejects.toMatchObject({ code: 'WORKER_CRASHED' })
    await expect(caller.call('never', null)).rejects.toMatchObject({ code: 'WORKER_CRASHED' })
  })
})
