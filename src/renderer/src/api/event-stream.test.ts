import { expect, it, vi } from 'vitest'
import type { AppEvent, NumberedEvent } from '../../../shared/contract/events.ts'
import { createEventStream } from './event-stream.ts'

async function* streamOf(events: readonly NumberedEvent[]): AsyncGenerator<NumberedEvent> {
  for (const event of events) yield await Promise.resolve(event)
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined)
}

it('passes events on and leaves heartbeats out', async () => {
  const seen: AppEvent[] = []
  const stream = createEventStream({
    connect: () =>
      Promise.resolve(
        streamOf([
          { seq: 1, topic: 'settings' },
          { seq: 2, topic: 'heartbeat' },
          { seq: 3, topic: 'project' },
        ]),
      ),
    wait: never,
  })
  stream.onEvent((event) => seen.push(event))
  await vi.waitFor(
    () => {
      expect(seen.map((event) => event.topic)).toEqual(['settings', 'project'])
    },
    { timeout: 20_000 },
  )
  stream.close()
})

it('asks for a refetch after a gap in the numbers', async () => {
  const topics: string[] = []
  const stream = createEventStream({
    connect: () =>
      Promise.resolve(
        streamOf([
          { seq: 1, topic: 'settings' },
          { seq: 5, topic: 'settings' },
        ]),
      ),
    wait: never,
  })
  stream.onEvent((event) => topics.push(event.topic))
  await vi.waitFor(
    () => {
      expect(topics).toEqual(['settings', 'resync', 'settings'])
    },
    { timeout: 20_000 },
  )
  stream.close()
})

it('reconnects, refetches, and calls the connection lost only after a second failure', async () => {
  const topics: string[] = []
  const states: string[] = []
  let attempts = 0
  const stream = createEventStream({
    connect: () => {
      attempts += 1
      if (attempts === 1) return Promise.resolve(streamOf([{ seq: 1, topic: 'settings' }]))
      if (attempts < 4) return Promise.reject(new TypeError('Failed to fetch'))
      return Promise.resolve({ [Symbol.asyncIterator]: () => ({ next: never }) })
    },
    wait: () => Promise.resolve(),
  })
  stream.onEvent((event) => topics.push(event.topic))
  stream.onState(() => states.push(stream.state()))
  await vi.waitFor(
    () => {
      expect(topics).toEqual(['settings', 'resync'])
    },
    { timeout: 20_000 },
  )
  expect(states).toEqual(['open', 'lost', 'open'])
  stream.close()
})
