import { serveCalls } from '../../base/channel-calls.ts'
import type { Channel } from '../../base/channel.ts'
import { openLocalReads, type LocalReads } from '../../db/local-reads.ts'
import { chooseSubset } from './choose-subset.ts'
import { countConceptWords } from './concept-words.ts'
import type { AsideWork, Cancelled } from './subset-thread.ts'

/** The subset thread's side of the line: it chooses and counts a page at a time, and between pages hears who gave up. */
export function serveSubsets(channel: Channel, data: Readonly<Record<string, string>>): void {
  let local: LocalReads | null = null
  const working = new Map<number, { controller: AbortController; done: Promise<unknown> }>()

  /** A function of the project and a wish, that can be given up. */
  function work<Wish extends object, Answer>(
    ask: (reads: LocalReads, wish: Wish & { readonly signal: AbortSignal }) => Promise<Answer>,
  ) {
    return async ({ key, wish }: AsideWork<Wish>): Promise<Answer> => {
      const controller = new AbortController()
      local ??= openLocalReads(data['folder'] ?? '')
      const done = ask(local, { ...wish, signal: controller.signal })
      working.set(key, { controller, done })
      try {
        return await done
      } finally {
        working.delete(key)
      }
    }
  }

  serveCalls(channel, {
    choose: work(chooseSubset),
    words: work(countConceptWords),
    cancel: ({ key }: Cancelled) => {
      working.get(key)?.controller.abort()
    },
    close: async () => {
      const left = [...working.values()]
      for (const { controller } of left) controller.abort()
      await Promise.allSettled(left.map(({ done }) => done))
      local?.close()
      local = null
    },
  })
}
