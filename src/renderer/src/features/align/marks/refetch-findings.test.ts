import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import { refetchFindings } from './refetch-findings.ts'

const KEY = ['text', 'caption']
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })

afterEach(() => {
  queryClient.clear()
})

/** A question that is answered when the test says so, with what was true when it was asked. */
function createSlowAnswers() {
  let state = 'asks'
  const waiting: (() => void)[] = []
  return {
    ask: () => {
      const seen = state
      return new Promise<string>((resolve) => {
        waiting.push(() => {
          resolve(seen)
        })
      })
    },
    change: (next: string) => {
      state = next
    },
    answerAll: async () => {
      for (const answer of waiting.splice(0)) answer()
      await Promise.resolve()
    },
    count: () => waiting.length,
  }
}

it('shows what is true after an answer, also where the first reading is still on its way', async () => {
  const slow = createSlowAnswers()
  const observer = new QueryObserver(queryClient, { queryKey: KEY, queryFn: slow.ask })
  const shown: string[] = []
  const stop = observer.subscribe(({ data }) => {
    if (data !== undefined && data !== shown.at(-1)) shown.push(data)
  })
  expect(slow.count()).toBe(1)
  slow.change('answered')
  const refetched = refetchFindings(queryClient, [['text']])
  // The old reading comes in after the answer and before the new reading.
  await slow.answerAll()
  await expect.poll(slow.count).toBe(1)
  await slow.answerAll()
  await refetched
  expect(shown).toEqual(['answered'])
  stop()
})

it('reads again what was there before', async () => {
  const slow = createSlowAnswers()
  const observer = new QueryObserver(queryClient, { queryKey: KEY, queryFn: slow.ask })
  const stop = observer.subscribe(() => undefined)
  await slow.answerAll()
  await expect.poll(() => observer.getCurrentResult().data).toBe('asks')
  slow.change('answered')
  const refetched = refetchFindings(queryClient, [['text']])
  await expect.poll(slow.count).toBe(1)
  await slow.answerAll()
  await refetched
  expect(observer.getCurrentResult().data).toBe('answered')
  stop()
})
