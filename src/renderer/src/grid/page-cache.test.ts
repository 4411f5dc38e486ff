import { describe, expect, it, vi } from 'vitest'
import { PageCache, type PageCacheOptions } from './page-cache.ts'

type FetchPage = PageCacheOptions<string>['fetchPage']

function makeCache(more: Partial<PageCacheOptions<string>> = {}) {
  const asked: string[] = []
  let total = 1000
  let word = 'row'
  const fetchPage: FetchPage = ({ position, limit }) => {
    asked.push(`${position} to ${position + limit - 1}`)
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
    maxPages: 20,
    ...more,
  })
  return {
    cache,
    asked,
    onError,
    expectAsked: (expected: readonly string[]) =>
      vi.waitFor(
        () => {
          expect(asked).toEqual(expected)
        },
        { timeout: 20_000 },
      ),
    change: (next: { total?: number; word?: string }) => {
      total = next.total ?? total
      word = next.word ?? word
    },
  }
}

/** Answers only when told to. */
function makeSlowPages() {
  const waiting = new Map<number, { readonly signal: AbortSignal; readonly answer: () => void }>()
  const fetchPage: FetchPage = ({ position, limit, signal }) =>
    new Promise((resolve) => {
      const rows = Array.from({ length: limit }, (_, offset) => `row ${position + offset}`)
      const answer = () => {
        resolve({ rows, total: 1000 })
      }
      waiting.set(position, { signal, answer })
    })
  return { waiting, fetchPage }
}

describe('PageCache', () => {
  it('asks at once for all that is missing in the view, then for what is beside it', async () => {
    const { cache, expectAsked } = makeCache()
    cache.show(125, 144)
    await expectAsked(['120 to 149', '150 to 199', '70 to 119'])
    expect(cache.get(125)).toBe('row 125')
    expect(cache.get(144)).toBe('row 144')
    expect(cache.total).toBe(1000)
  })

  it('asks for nothing beside before all that is shown is there', async () => {
    const { waiting, fetchPage } = makeSlowPages()
    const { cache } = makeCache({ fetchPage })
    cache.show(25, 44)
    expect([...waiting.keys()]).toEqual([20])
    waiting.get(20)?.answer()
    await vi.waitFor(
      () => {
        expect([...waiting.keys()]).toEqual([20, 50, 0])
      },
      { timeout: 20_000 },
    )
  })

  it('goes on a long way before it asks again, first where the view goes', async () => {
    const { cache, asked, expectAsked } = makeCache()
    cache.show(500, 509)
    await expectAsked(['500 to 509', '510 to 559', '450 to 499'])
    for (const first of [510, 520]) cache.show(first, first + 9)
    expect(asked).toHaveLength(3)
    cache.show(530, 539)
    await expectAsked([...asked.slice(0, 3), '560 to 589'])
    for (const first of [500, 480, 470]) cache.show(first, first + 9)
    await expectAsked([...asked.slice(0, 4), '420 to 449'])
  })

  it('gives up what nobody waits for any more, and asks for what is in view at once', () => {
    const { waiting, fetchPage } = makeSlowPages()
    const { cache } = makeCache({ fetchPage })
    for (const first of [0, 200, 400, 600]) cache.show(first, first + 9)
    expect([...waiting.keys()]).toEqual([0, 200, 400, 600])
    expect([...waiting.values()].map(({ signal }) => signal.aborted)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('keeps a bounded number of pages, the newest used', async () => {
    const { cache } = makeCache()
    for (const first of [0, 200, 400, 600]) {
      cache.show(first, first)
      await vi.waitFor(
        () => {
          expect(cache.get(first + 59)).toBeDefined()
        },
        { timeout: 20_000 },
      )
    }
    expect(cache.get(0)).toBeUndefined()
    expect(cache.get(600)).toBe('row 600')
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

  it('loads no range of two listings', async () => {
    const { waiting, fetchPage } = makeSlowPages()
    const { cache } = makeCache({ fetchPage })
    const rows = cache.load(500, 600, new AbortController().signal)
    const given = expect(rows).rejects.toMatchObject({ name: 'AbortError' })
    cache.reset()
    waiting.get(500)?.answer()
    await given
  })

  it('asks for a page again that grew while it was shown', async () => {
    const { cache, change } = makeCache()
    change({ total: 3 })
    cache.show(0, 19)
    await vi.waitFor(
      () => {
        expect(cache.total).toBe(3)
      },
      { timeout: 20_000 },
    )
    change({ total: 30 })
    cache.refresh()
    await vi.waitFor(
      () => {
        expect(cache.get(9)).toBe('row 9')
      },
      { timeout: 20_000 },
    )
    cache.show(0, 19)
    await vi.waitFor(
      () => {
        expect(cache.get(15)).toBe('row 15')
      },
      { timeout: 20_000 },
    )
  })
})
