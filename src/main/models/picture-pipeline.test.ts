import { describe, expect, test } from 'vitest'
import type { DetectorPack } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import { createComputeQueue } from './compute-queue.ts'
import { PicturePipeline, type PictureReader } from './picture-pipeline.ts'
import type { PackRuntime, PictureTask } from './tasks/task.ts'

/** Pictures are as wide as their path is long, which is all that the tasks here look at. */
const reader: PictureReader = {
  prepare: async ({ path }) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (path === 'broken') throw new AppError('IMAGE_UNREADABLE', 'broken')
    return { width: path.length, height: 1, views: [] }
  },
  pixels: () => Promise.reject(new Error('not asked for here')),
}

function start(run: (widths: readonly number[]) => readonly string[]) {
  const batches: number[][] = []
  const task: PictureTask<DetectorPack, string> = {
    views: () => [],
    run: (_runtime, pictures) => {
      const widths = pictures.map(({ width }) => width)
      batches.push(widths)
      return Promise.resolve().then(() => run(widths))
    },
  }
  const runtime = { manifest: {} } as PackRuntime<DetectorPack>
  const queue = createComputeQueue()
  const pipeline = new PicturePipeline({ runtime, task, reader, queue })
  const add = (path: string, urgency: 'interactive' | 'background' = 'background') =>
    pipeline.add({ path, hash: null }, urgency)
  return { add, batches, queue }
}

const named = (widths: readonly number[]): string[] => widths.map((width) => `width ${width}`)
const path = (length: number): string => 'x'.repeat(length)

describe('taking pictures through a model', () => {
  test('gives each its own answer, in batches that grow', async () => {
    const { add, batches } = start(named)
    const lengths = Array.from({ length: 120 }, (_, index) => index + 1)
    const answers = await Promise.all(lengths.map((length) => add(path(length))))
    expect(answers).toEqual(named(lengths))
    expect(batches.flat().sort((left, right) => left - right)).toEqual(lengths)
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(32)
  })

  test('does not wait for a full batch when nothing more comes', async () => {
    const { add } = start(named)
    expect(await add(path(3))).toBe('width 3')
  })

  test('loses no other picture to one that cannot be read', async () => {
    const { add } = start(named)
    const answers = await Promise.allSettled([add(path(1)), add('broken'), add(path(2))])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('tries smaller batches when the memory is too small', async () => {
    let most = 0
    const { add, batches } = start((widths) => {
      if (widths.length > 2) throw new AppError('MODEL_MEMORY_EXHAUSTED', 'too much')
      most = Math.max(most, widths.length)
      return named(widths)
    })
    const lengths = Array.from({ length: 60 }, (_, index) => index + 1)
    expect(await Promise.all(lengths.map((length) => add(path(length))))).toEqual(named(lengths))
    expect(most).toBeLessThanOrEqual(2)
    expect(batches.filter((batch) => batch.length > 2).length).toBeLessThanOrEqual(1)
  })

  test('blames the one picture whose numbers are none', async () => {
    const { add } = start((widths) => {
      if (widths.includes(20)) throw new AppError('PACK_OUTPUT_INVALID', 'NaN')
      return named(widths)
    })
    const lengths = Array.from({ length: 40 }, (_, index) => index + 1)
    const answers = await Promise.allSettled(lengths.map((length) => add(path(length))))
    expect(
      answers.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : [])),
    ).toEqual([20])
  })

  test('lets what somebody waits for go first', async () => {
    const order: string[] = []
    const { queue } = start(named)
    const work = (name: string) => () => {
      order.push(name)
      return Promise.resolve()
    }
    await Promise.all([
      queue.run('background', work('first')),
      queue.run('background', work('second')),
      queue.run('interactive', work('search')),
    ])
    expect(order).toEqual(['first', 'search', 'second'])
  })
})
