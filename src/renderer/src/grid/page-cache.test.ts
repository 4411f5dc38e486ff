import { describe, expect, it, vi } from 'vitest'
import { PageCache, type PageCacheOptions } from './page-cache.ts'

type FetchPage = PageCacheOptions<string>['fetchPage']

function makeCache(more: Partial<PageCacheOptions<string>> = {}) {
  const asked: number[] = []
  let total = 1000
  let word = 'row'
  const fetchPage: FetchPage = ({ position, limit }) => {
    asked.push(position)
    const length = Math.max(0, Math.min(limit, total - position))
    const rows = Array.from({ length }, (_, offset) => `${word} ${position + offset}`)
    return Promise.resolve({ rows, total })
  }
  const onError = vi.fn()
  const onChange = vi.fn()
  const cache = new PageCache<string>({
    fetchPage,
    onChange,
    onError,
    pageSize: 10,
    maxPages: 4,
    ...more,
  })
  return {
    cache,
    asked,
    onError,
    change: (next: { total?: number; word?: string }) => {
      total = next.total ?? total
      word = next.word ?? word
    },
  }
}

describe('PageCache', () => {
  it('fetches what is shown first, then its neighbours', async () => {
    const { cache, asked } = makeCache()
    cache.show(25, 34)
    await vi.waitFor(
      () => {
        expect(asked).toEqual([20, 30, 40, 10])
      },
      { timeout: 20_000 },
    )
    expect(cache.get(25)).toBe('row 25')
    expect(cache.total).toBe(1000)
  })

  it('asks for no neighbour before all that is shown is there', async () => {
    const waiting = new Map<number, () => void>()
    const { cache } = makeCache({
      fetchPage: ({ position }) =>
        new Promise((resolve) => {
          waiting.set(position, () => {
            resolve({ rows: [`row ${position}`], total: 1000 })
          })
        }),
    })
    cache.show(25, 34)
    waiting.get(20)?.()
    await vi.waitFor(
      () => {
        expect(cache.get(20)).toBe('row 20')
      },
      { timeout: 20_000 },
    )
    expect([...waiting.keys()]).toEqual([20, 30])
    waiting.get(30)?.()
    await vi.waitFor(
      () => {
        expect([...waiting.keys()]).toEqual([20, 30, 40, 10])
      },
      { timeout: 20_000 },
    )
  })

  it('keeps a bounded number of pages, the newest used', async () => {
    const { cache } = makeCache()
    for (const first of [0, 100, 200, 300]) {
      cache.show(first, first)
      await vi.waitFor(
        () => {
          expect(cache.get(first + 10)).toBeDefined()
        },
        { timeout: 20_000 },
      )
    }
    expect(cache.get(0)).toBeUndefined()
    expect(cache.get(300)).toBe('row 300')
  })

  it('shows old rows until the refreshed ones come', async () => {
    const { cache, change } = makeCache()
    cache.show(0, 5)
    await vi.waitFor(
      () => {
        expect(cache.get(0)).toBe('row 0')
      },
      { timeout: 20_000 },
    )
    change({ word: 'new' })
    cache.refresh()
    expect(cache.get(0)).toBe('row 0')
    await vi.waitFor(
      () => {
        expect(cache.get(0)).toBe('new 0')
      },
      { timeout: 20_000 },
    )
  })

  it('drops all rows for another listing and ignores answers for the old one', async () => {
    let answerOld: (page: { rows: string[]; total: number }) => void = () => undefined
    const old = new Promise<{ rows: string[]; total: number }>((resolve) => (answerOld = resolve))
    const fetchPage = vi
      .fn<FetchPage>()
      .mockReturnValueOnce(old)
      .mockResolvedValue({ rows: ['new'], total: 1 })
    const { cache } = makeCache({ fetchPage })
    cache.show(0, 0)
    cache.reset()
    answerOld({ rows: ['old'], total: 1 })
    await vi.waitFor(
      () => {
        expect(cache.get(0)).toBe('new')
      },
      { timeout: 20_000 },
    )
  })

  it('reports a failure once and tries again only when asked', async () => {
    const fetchPage = vi.fn<FetchPage>().mockRejectedValue(new Error('no'))
    const { cache, onError } = makeCache({ fetchPage })
    cache.show(0, 0)
    await vi.waitFor(
      () => {
        expect(onError).toHaveBeenCalled()
      },
      { timeout: 20_000 },
    )
    const calls = fetchPage.mock.calls.length
    cache.show(0, 0)
    expect(fetchPage.mock.calls.length).toBe(calls)
    cache.refresh()
    expect(fetchPage.mock.calls.length).toBeGreaterThan(calls)
  })

  it('loads a range that was never shown', async () => {
    const { cache } = makeCache()
    const rows = await cache.load(95, 118, new AbortController().signal)
    expect(rows).toHaveLength(24)
    expect(rows.at(-1)).toBe('row 118')
  })
})
