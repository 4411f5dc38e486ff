import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImageId, RevisionId } from '../../../../../shared/domain/ids.ts'
import {
  AutosaveController,
  type AutosaveOptions,
  type Conflict,
  type DraftWrite,
  type StartTimer,
} from './autosave-controller.ts'

const image = (id: number) => id as ImageId
const revision = (id: number) => id as RevisionId

class ConflictError extends Error {
  readonly conflict: Conflict
  constructor(conflict: Conflict) {
    super('conflict')
    this.conflict = conflict
  }
}

/** Time that moves only when told, one timer after the other. */
function createFakeTime() {
  let nowMs = 0
  let timers: { at: number; callback: () => void }[] = []
  const startTimer: StartTimer = (callback, delayMs) => {
    const timer = { at: nowMs + delayMs, callback }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  }
  return {
    startTimer,
    now: () => nowMs,
    pendingTimers: () => timers.length,
    async advance(durationMs: number) {
      const end = nowMs + durationMs
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers = timers.filter((timer) => timer !== next)
        nowMs = next.at
        next.callback()
        await settle()
      }
      nowMs = end
      await settle()
    },
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
}

/** A core that keeps texts by image and answers when told to. */
function createFakeCore() {
  const writes: (DraftWrite & { isLeaving: boolean })[] = []
  const stored = new Map<ImageId, string>()
  let answer: (write: DraftWrite) => Promise<{ savedAt: number }> = (write) => {
    stored.set(write.imageId, write.text)
    return Promise.resolve({ savedAt: writes.length })
  }
  const save: AutosaveOptions['save'] = (write, { isLeaving }) => {
    writes.push({ ...write, isLeaving })
    return answer(write)
  }
  return {
    writes,
    stored,
    save,
    answerWith(next: typeof answer) {
      const before = answer
      answer = next
      return () => {
        answer = before
      }
    },
  }
}

function setUp() {
  const time = createFakeTime()
  const core = createFakeCore()
  const controller = new AutosaveController({
    save: core.save,
    startTimer: time.startTimer,
    readConflict: (error) => (error instanceof ConflictError ? error.conflict : null),
  })
  const type = (imageId: number, text: string, base: number | null = null) => {
    controller.type({
      imageId: image(imageId),
      baseRevisionId: base === null ? null : revision(base),
      text,
    })
  }
  return { time, core, controller, type }
}

const conflict: Conflict = {
  headRevisionId: revision(9),
  headText: 'theirs',
  authorName: 'Ada',
}

describe('typing', () => {
  test('is saved 250 ms after the first unsaved key, also while typing goes on', async () => {
    const { time, core, controller, type } = setUp()
    controller.open(image(1), { baseRevisionId: null, text: '' })
    for (let key = 1; key <= 10; key += 1) {
      type(1, 'x'.repeat(key))
      await time.advance(50)
    }
    expect(core.writes.map((write) => write.text.length)).toEqual([5, 10])
    await time.advance(250)
    expect(core.stored.get(image(1))).toBe('x'.repeat(10))
    expect(controller.state(image(1)).kind).toBe('saved')
    expect(time.pendingTimers()).toBe(0)
  })

  test('that is taken back before it was saved writes nothing', async () => {
    const { time, core, controller, type } = setUp()
    controller.open(image(1), { baseRevisionId: null, text: 'anchor' })
    type(1, 'anchor!')
    expect(controller.state(image(1)).kind).toBe('saving')
    type(1, 'anchor')
    await time.advance(1_000)
    expect(core.writes).toEqual([])
    expect(controller.state(image(1)).kind).toBe('saved')
  })

  test('during a slow write is saved after it, never beside it', async () => {
    const { time, core, controller, type } = setUp()
    let running = 0
    let most = 0
    const answers: (() => void)[] = []
    core.answerWith(async (write) => {
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => answers.push(resolve))
      running -= 1
      core.stored.set(write.imageId, write.text)
      return { savedAt: 1 }
    })
    type(1, 'a')
    await time.advance(250)
    type(1, 'ab')
    await time.advance(2_000)
    expect(core.writes).toHaveLength(1)
    answers.shift()?.()
    await time.advance(250)
    answers.shift()?.()
    await settle()
    expect(core.writes.map((write) => write.text)).toEqual(['a', 'ab'])
    expect(most).toBe(1)
    expect(controller.state(image(1)).kind).toBe('saved')
  })

  test('that is dropped while it is being saved leaves nothing to save', async () => {
    const { time, core, controller, type } = setUp()
    const answers: (() => void)[] = []
    core.answerWith(async () => {
      await new Promise<void>((resolve) => answers.push(resolve))
      return { savedAt: 1 }
    })
    type(1, 'a')
    await time.advance(250)
    controller.drop(image(1), { baseRevisionId: revision(2), text: 'theirs' })
    answers.shift()?.()
    await settle()
    expect(controller.state(image(1)).kind).toBe('saved')
  })

  test('carries the base that the text was typed on', async () => {
    const { time, core, type } = setUp()
    type(1, 'one', 7)
    type(2, 'two', 8)
    await time.advance(250)
    expect(core.writes.map(({ imageId, baseRevisionId }) => [imageId, baseRevisionId])).toEqual([
      [1, 7],
      [2, 8],
    ])
  })
})

test('a flush saves what is typed while it saves, too', async () => {
  const { time, core, controller, type } = setUp()
  const answers: (() => void)[] = []
  const heal = core.answerWith(async () => {
    await new Promise<void>((resolve) => answers.push(resolve))
    return { savedAt: 1 }
  })
  type(1, 'a')
  await time.advance(250)
  const flushed = controller.flush(image(1))
  type(1, 'ab')
  await settle()
  type(1, 'abc')
  heal()
  answers.shift()?.()
  expect((await flushed).kind).toBe('saved')
  expect(core.stored.get(image(1))).toBe('abc')
})

describe('a write that fails', () => {
  test('keeps the text and is tried again with growing delays', async () => {
    const { time, core, controller, type } = setUp()
    const heal = core.answerWith(() => Promise.reject(new Error('down')))
    type(1, 'kept')
    await time.advance(250)
    expect(controller.state(image(1))).toMatchObject({ kind: 'failing', attempts: 1 })
    await time.advance(499)
    expect(core.writes).toHaveLength(1)
    await time.advance(1)
    expect(core.writes).toHaveLength(2)
    await time.advance(999)
    expect(core.writes).toHaveLength(2)
    type(1, 'kept and longer')
    heal()
    await time.advance(1)
    expect(core.stored.get(image(1))).toBe('kept and longer')
    expect(controller.state(image(1)).kind).toBe('saved')
  })

  test('is listed as unsaved and handed out again when the image is opened anew', async () => {
    const { time, core, controller, type } = setUp()
    core.answerWith(() => Promise.reject(new Error('down')))
    type(3, 'not on disk', 5)
    await time.advance(60_000)
    expect(controller.unsavedImageIds()).toEqual([3])
    const shown = controller.open(image(3), { baseRevisionId: revision(5), text: 'stale' })
    expect(shown).toEqual({ baseRevisionId: 5, text: 'not on disk' })
  })
})

describe('a conflict', () => {
  test('stops writing and keeps what is typed until the user decides', async () => {
    const { time, core, controller, type } = setUp()
    const heal = core.answerWith(() => Promise.reject(new ConflictError(conflict)))
    type(1, 'mine', 4)
    await time.advance(250)
    expect(controller.state(image(1))).toEqual({ kind: 'conflict', conflict })
    type(1, 'mine too', 4)
    await time.advance(60_000)
    expect(core.writes).toHaveLength(1)
    heal()
    await controller.keepMine(image(1))
    expect(core.writes.at(-1)).toMatchObject({ text: 'mine too', baseRevisionId: 9 })
    expect(controller.state(image(1)).kind).toBe('saved')
  })

  test('is over when the other text is taken', async () => {
    const { time, core, controller, type } = setUp()
    core.answerWith(() => Promise.reject(new ConflictError(conflict)))
    type(1, 'mine', 4)
    await time.advance(250)
    controller.drop(image(1), { baseRevisionId: revision(9), text: 'theirs' })
    expect(controller.state(image(1)).kind).toBe('saved')
    expect(controller.unsavedImageIds()).toEqual([])
    expect(controller.baseRevisionId(image(1))).toBe(9)
  })

  test('with the same text means that an answer got lost, and counts as saved', async () => {
    const { time, core, controller, type } = setUp()
    core.answerWith(() => Promise.reject(new ConflictError({ ...conflict, headText: 'mine' })))
    type(1, 'mine', 4)
    await time.advance(250)
    expect(controller.state(image(1)).kind).toBe('saved')
    expect(controller.baseRevisionId(image(1))).toBe(9)
  })
})

describe('an exclusive change', () => {
  const held = { baseRevisionId: revision(2), text: 'submitted' }

  test('waits for the write under way and supersedes what was pending', async () => {
    const { time, core, controller, type } = setUp()
    const answers: (() => void)[] = []
    core.answerWith(async () => {
      await new Promise<void>((resolve) => answers.push(resolve))
      return { savedAt: 1 }
    })
    type(1, 'sub')
    await time.advance(250)
    type(1, 'submitted')
    const order: string[] = []
    const submitting = controller.runExclusive(image(1), () => {
      order.push('submit')
      return Promise.resolve({ held, taken: 'submitted', result: 'done' })
    })
    await settle()
    expect(order).toEqual([])
    answers.shift()?.()
    expect(await submitting).toBe('done')
    await time.advance(1_000)
    expect(core.writes).toHaveLength(1)
    expect(controller.state(image(1)).kind).toBe('saved')
  })

  test('keeps what was typed while it ran', async () => {
    const { time, core, controller, type } = setUp()
    controller.open(image(1), { baseRevisionId: null, text: '' })
    type(1, 'submitted')
    const finish: (() => void)[] = []
    const submitting = controller.runExclusive(image(1), async () => {
      await new Promise<void>((resolve) => finish.push(resolve))
      return { held, taken: 'submitted', result: null }
    })
    await settle()
    type(1, 'submitted and more')
    finish.shift()?.()
    await submitting
    await time.advance(250)
    expect(core.writes.at(-1)).toMatchObject({ text: 'submitted and more', baseRevisionId: 2 })
  })

  test('keeps what was typed while it waited', async () => {
    const { time, core, controller, type } = setUp()
    const answers: (() => void)[] = []
    const heal = core.answerWith(async () => {
      await new Promise<void>((resolve) => answers.push(resolve))
      return { savedAt: 1 }
    })
    controller.open(image(1), { baseRevisionId: null, text: '' })
    type(1, 'saved')
    await time.advance(250)
    const submitting = controller.runExclusive(image(1), () =>
      Promise.resolve({ held, taken: 'saved', result: null }),
    )
    type(1, 'saved and more')
    heal()
    answers.shift()?.()
    await submitting
    expect(controller.state(image(1)).kind).toBe('saving')
    await time.advance(250)
    expect(core.writes.at(-1)).toMatchObject({ text: 'saved and more', baseRevisionId: 2 })
  })

  test('that takes no text in keeps what was typed and is not saved', async () => {
    const { time, core, controller, type } = setUp()
    controller.open(image(1), { baseRevisionId: null, text: '' })
    type(1, 'typed')
    await controller.runExclusive(image(1), () => Promise.resolve({ held, result: null }))
    await time.advance(250)
    expect(core.writes.at(-1)).toMatchObject({ text: 'typed', baseRevisionId: 2 })
  })

  test('that fails leaves the typed text to be saved as a draft', async () => {
    const { time, core, controller, type } = setUp()
    type(1, 'text')
    await expect(
      controller.runExclusive(image(1), () => Promise.reject(new Error('down'))),
    ).rejects.toThrow('down')
    expect(controller.state(image(1)).kind).toBe('failing')
    await time.advance(500)
    expect(core.stored.get(image(1))).toBe('text')
  })

  test('that meets a conflict puts it up, also for a text that nobody touched', async () => {
    const { controller } = setUp()
    controller.open(image(1), { baseRevisionId: revision(1), text: 'as it was' })
    await expect(
      controller.runExclusive(image(1), () => Promise.reject(new ConflictError(conflict))),
    ).rejects.toThrow('conflict')
    expect(controller.state(image(1)).kind).toBe('conflict')
  })
})

test('nothing of a closed project is written or kept', async () => {
  const { time, core, controller, type } = setUp()
  core.answerWith(() => Promise.reject(new Error('down')))
  type(1, 'of the old project')
  await time.advance(250)
  controller.forgetAll()
  await time.advance(60_000)
  expect(core.writes).toHaveLength(1)
  const held = { baseRevisionId: null, text: 'of the new project' }
  expect(controller.open(image(1), held)).toEqual(held)
})

test('leaving sends every unsaved text at once, without waiting', async () => {
  const { time, core, controller, type } = setUp()
  core.answerWith(() => new Promise(() => undefined))
  type(1, 'a')
  await time.advance(250)
  type(1, 'ab')
  type(2, 'b')
  controller.sendBeforeLeaving()
  expect(core.writes.slice(1)).toMatchObject([
    { imageId: 1, text: 'ab', isLeaving: true },
    { imageId: 2, text: 'b', isLeaving: true },
  ])
})

test('very fast moves between images never write one text to another', async () => {
  const step = fc.record({
    imageId: fc.integer({ min: 1, max: 5 }),
    waitMs: fc.constantFrom(0, 1, 40, 260),
    isSubmit: fc.boolean(),
    isFailing: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
      const { time, core, controller, type } = setUp()
      const last = new Map<number, string>()
      for (const [index, { imageId, waitMs, isSubmit, isFailing }] of steps.entries()) {
        const heal = isFailing
          ? core.answerWith(() => Promise.reject(new Error('down')))
          : () => undefined
        const text = `image ${String(imageId)} step ${String(index)}`
        type(imageId, text)
        last.set(imageId, text)
        if (isSubmit) {
          void controller.runExclusive(image(imageId), () => {
            core.stored.set(image(imageId), text)
            return Promise.resolve({
              held: { baseRevisionId: null, text },
              taken: text,
              result: null,
            })
          })
        }
        await time.advance(waitMs)
        heal()
      }
      await time.advance(60_000)
      for (const write of core.writes) {
        expect(write.text.startsWith(`image ${String(write.imageId)} `)).toBe(true)
      }
      for (const [imageId, text] of last) expect(core.stored.get(image(imageId))).toBe(text)
      expect(controller.unsavedImageIds()).toEqual([])
    }),
    { numRuns: 60 },
  )
})
