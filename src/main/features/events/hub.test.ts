import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEventHub } from './hub.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('numbers events for every window', async () => {
  const hub = createEventHub()
  const windows = [hub.subscribe(), hub.subscribe()]
  hub.publish({ topic: 'settings' })
  hub.publish({ topic: 'project' })
  for (const window of windows) {
    expect((await window.next()).value).toEqual({ seq: 1, topic: 'settings' })
    expect((await window.next()).value).toEqual({ seq: 2, topic: 'project' })
  }
  hub.close()
})

it('beats while nothing happens, and not after it was closed', async () => {
  const hub = createEventHub()
  const window = hub.subscribe()
  vi.advanceTimersByTime(15_000)
  expect((await window.next()).value).toEqual({ seq: 1, topic: 'heartbeat' })
  hub.close()
  expect((await window.next()).done).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
