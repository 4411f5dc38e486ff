import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Settings } from '../../../shared/contract/settings.ts'
import { createSettingsSaver } from './settings-saver.ts'

const STORED: Settings = {
  ...{ theme: 'system', tileSizePx: 208, libraryLayout: 'grid', reviewOrder: 'submitted' },
  ...{ personName: 'Ann', keys: {} },
}

type Sent = Partial<Settings> & { readonly isLeaving: boolean }

/** A core that answers one request after the other, when it is told to. */
function setUp() {
  let stored = STORED
  let shown = STORED
  const sent: Sent[] = []
  const answers: ((isFailing: boolean) => void)[] = []
  const saver = createSettingsSaver({
    read: () => shown,
    show: (settings) => {
      shown = settings
    },
    send: (change, { isLeaving }) => {
      sent.push({ ...change, isLeaving })
      return new Promise((resolve, reject) => {
        answers.push((isFailing) => {
          stored = isFailing ? stored : { ...stored, ...change }
          if (isFailing) reject(new Error('down'))
          else resolve(stored)
        })
      })
    },
  })
  return {
    ...{ saver, sent },
    shown: () => shown,
    /** Answers the oldest request that waits. */
    answer: async (isFailing = false) => {
      answers.shift()?.(isFailing)
      await vi.advanceTimersByTimeAsync(0)
    },
    pass: () => vi.advanceTimersByTimeAsync(200),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('many changes at once are shown at once and sent as one', async () => {
  const { saver, sent, shown, pass, answer } = setUp()
  void saver.save({ tileSizePx: 220 })
  void saver.save({ tileSizePx: 230 })
  const saved = saver.save({ theme: 'dark' })
  expect(shown()).toMatchObject({ tileSizePx: 230, theme: 'dark' })
  expect(sent).toEqual([])
  await pass()
  expect(sent).toEqual([{ tileSizePx: 230, theme: 'dark', isLeaving: false }])
  await answer()
  await expect(saved).resolves.toBeUndefined()
})

test('a change waits for the answer to the one before, which does not hide it', async () => {
  const { saver, sent, shown, pass, answer } = setUp()
  void saver.save({ libraryLayout: 'table', tileSizePx: 300 })
  await pass()
  void saver.save({ libraryLayout: 'grid' })
  await pass()
  expect(sent).toHaveLength(1)
  await answer()
  expect(shown()).toMatchObject({ libraryLayout: 'grid', tileSizePx: 300 })
  expect(sent.at(-1)).toEqual({ libraryLayout: 'grid', isLeaving: false })
  await answer()
  expect(shown()).toMatchObject({ libraryLayout: 'grid', tileSizePx: 300 })
})

test('a change that cannot be stored is taken back, but not the one after it', async () => {
  const { saver, shown, pass, answer } = setUp()
  const failing = expect(saver.save({ libraryLayout: 'table' })).rejects.toThrow('down')
  await pass()
  const later = saver.save({ theme: 'dark' })
  await answer(true)
  await failing
  expect(shown()).toMatchObject({ libraryLayout: 'grid', theme: 'dark' })
  await pass()
  await answer()
  await later
  expect(shown()).toMatchObject({ libraryLayout: 'grid', theme: 'dark' })
})

test('after two failures all is as it was', async () => {
  const { saver, shown, pass, answer } = setUp()
  const first = expect(saver.save({ libraryLayout: 'table' })).rejects.toThrow('down')
  await pass()
  const second = expect(saver.save({ theme: 'dark' })).rejects.toThrow('down')
  await answer(true)
  await pass()
  await answer(true)
  await Promise.all([first, second])
  expect(shown()).toEqual(STORED)
})

test('a page that goes away first sends what waits and what was not answered', async () => {
  const { saver, sent, pass } = setUp()
  saver.sendBeforeLeaving()
  expect(sent).toEqual([])
  void saver.save({ libraryLayout: 'table', tileSizePx: 300 })
  await pass()
  void saver.save({ libraryLayout: 'grid' })
  saver.sendBeforeLeaving()
  expect(sent.at(-1)).toEqual({ libraryLayout: 'grid', tileSizePx: 300, isLeaving: true })
})

test('is settled once nothing waits or is on its way, failed or not', async () => {
  const { saver, pass, answer } = setUp()
  const seen: string[] = []
  await saver.settled()
  saver.save({ tileSizePx: 220 }).catch(() => seen.push('failed'))
  void saver.settled().then(() => seen.push('settled'))
  await pass()
  void saver.save({ tileSizePx: 230 })
  await answer(true)
  expect(seen).toEqual(['failed'])
  await pass()
  await answer()
  expect(seen).toEqual(['failed', 'settled'])
})
