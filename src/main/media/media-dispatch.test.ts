import { describe, expect, test } from 'vitest'
import { createInThreadSpawn } from '../../../test/support/in-thread-spawn.ts'
import { serveCalls } from '../base/channel-calls.ts'
import type { Channel, Spawn } from '../base/channel.ts'
import { silentLog } from '../base/log.ts'
import { poisonError } from './client.ts'
import { MediaDispatch, type DispatchOptions } from './media-dispatch.ts'

const TIMING = {
  firstDelayMs: 1,
  maxDelayMs: 4,
  maxFailedStarts: 3,
  pauseMs: 60_000,
  startLimitMs: 5_000,
}

/** A process whose work is a file's name: some kill it, some never end, the rest are given back. */
function serveActing(worked: string[]): (channel: Channel) => void {
  return (channel) => {
    serveCalls(channel, {
      hello: () => null,
      work: async (file: string) => {
        worked.push(file)
        if (file.startsWith('poison')) {
          channel.kill()
          return new Promise(() => {})
        }
        if (file.startsWith('hang')) return new Promise(() => {})
        await new Promise((resolve) => setTimeout(resolve, 5))
        return file
      },
    })
  }
}

function startActing(options: Partial<DispatchOptions> = {}): {
  readonly dispatch: MediaDispatch
  readonly worked: string[]
  readonly run: (file: string) => Promise<unknown>
} {
  const worked: string[] = []
  const dispatch = new MediaDispatch({
    spawn: createInThreadSpawn({ media: serveActing(worked) }),
    worker: 'media',
    poisonError,
    log: silentLog,
    slots: 3,
    hangLimitMs: 60_000,
    timing: TIMING,
    ...options,
  })
  return {
    dispatch,
    worked,
    run: (file) => dispatch.run({ name: 'work', args: file, lane: 'background' }).result,
  }
}

describe('a file that kills the process', () => {
  test('costs itself, not those beside it', async () => {
    const { dispatch, run, worked } = startActing()
    const files = ['a', 'poison 1', 'b', 'c', 'poison 2', 'd', 'e', 'f']
    const results = await Promise.allSettled(files.map(run))
    dispatch.close()
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(
      files.map((file) => !file.startsWith('poison')),
    )
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect(result).toMatchObject({ reason: { code: 'IMAGE_UNREADABLE' } })
    }
    for (const file of files.filter((name) => name.startsWith('poison'))) {
      expect(worked.filter((name) => name === file)).toHaveLength(2)
    }
  })

  test('costs only itself even when all are such', async () => {
    const { dispatch, run } = startActing()
    const files = Array.from({ length: 12 }, (_, index) => `poison ${index}`)
    const results = await Promise.allSettled([...files, 'good'].map(run))
    dispatch.close()
    expect(results.at(-1)?.status).toBe('fulfilled')
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(12)
  })
})

test('a file that never ends is given up, and those that were in work beside it are not', async () => {
  const { dispatch, run, worked } = startActing({ hangLimitMs: 60 })
  const results = await Promise.allSettled(['hang', 'a', 'b', 'c', 'd'].map(run))
  dispatch.close()
  expect(results[0]).toMatchObject({
    status: 'rejected',
    reason: { code: 'IMAGE_UNREADABLE', message: expect.stringMatching(/too long/) as string },
  })
  expect(results.slice(1).every(({ status }) => status === 'fulfilled')).toBe(true)
  expect(worked.filter((name) => name === 'hang')).toHaveLength(2)
})

describe('a process that cannot be started', () => {
  test('is tried a few times, then what waits is told, and what comes soon after as well', async () => {
    let starts = 0
    const spawn: Spawn = () => {
      starts += 1
      throw new Error('no such program')
    }
    const { dispatch, run } = startActing({ spawn })
    const results = await Promise.allSettled(['a', 'b'].map(run))
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'WORKER_CRASHED' } })
    }
    expect(starts).toBe(3)
    await expect(run('c')).rejects.toMatchObject({ code: 'WORKER_CRASHED' })
    expect(starts).toBe(3)
    dispatch.close()
  })

  test('is tried again after the pause', async () => {
    let isWell = false
    const working = createInThreadSpawn({ media: serveActing([]) })
    const spawn: Spawn = (name, data) => {
      if (!isWell) throw new Error('not yet')
      return working(name, data)
    }
    const { dispatch, run } = startActing({ spawn, timing: { ...TIMING, pauseMs: 20 } })
    await expect(run('a')).rejects.toMatchObject({ code: 'WORKER_CRASHED' })
    isWell = true
    await new Promise((resolve) => setTimeout(resolve, 30))
    await expect(run('a')).resolves.toBe('a')
    dispatch.close()
  })
})

test('closing cancels what waits and what is in work', async () => {
  const { dispatch, run } = startActing({ slots: 1 })
  await run('warm')
  const pending = [run('hang'), run('a')]
  dispatch.close()
  for (const result of await Promise.allSettled(pending)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } })
  }
  await expect(run('late')).rejects.toMatchObject({ name: 'AbortError' })
})

test('the newest on screen goes first, and a promoted task joins it', async () => {
  const { dispatch, worked } = startActing({ slots: 1 })
  const start = (file: string, lane: 'interactive' | 'background') =>
    dispatch.run({ name: 'work', args: file, lane })
  const first = start('first', 'background')
  const promoted = start('promoted', 'background')
  const others = [
    start('background', 'background'),
    start('older', 'interactive'),
    start('newer', 'interactive'),
  ]
  promoted.promote()
  await Promise.all([first, promoted, ...others].map(({ result }) => result))
  dispatch.close()
  expect(worked.filter((name) => name !== 'first')).toEqual([
    'promoted',
    'newer',
    'older',
    'background',
  ])
})
