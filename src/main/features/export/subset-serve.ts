import { serveCalls } from '../../base/channel-calls.ts'
import type { Channel } from '../../base/channel.ts'
import type { AsideRead } from '../../db/aside.ts'
import { openLocalReads, type LocalReads } from '../../db/local-reads.ts'
import { chooseSubset } from './choose-subset.ts'
import { countConceptWords } from './concept-words.ts'
import type { AsideWork, Cancelled } from './subset-thread.ts'

/**
 * The subset thread's side of the line: it chooses and counts a page at a time, and between pages hears who gave up and
 * answers what else is read beside.
 */
export function serveSubsets(channel: Channel, data: Readonly<Record<string, string>>): void {
  let local: LocalReads | null = null
  const working = new Map<number, AbortController>()
  const running = new Set<Promise<unknown>>()

  async function run<Answer>(ask: (reads: LocalReads) => Promise<Answer>): Promise<Answer> {
    local ??= openLocalReads(data['folder'] ?? '')
    const done = ask(local)
    running.add(done)
    try {
      return await done
    } finally {
      running.delete(done)
    }
  }

  /** A function of the project and a wish, that can be given up. */
  function work<Wish extends object, Answer>(
    ask: (reads: LocalReads, wish: Wish & { readonly signal: AbortSignal }) => Promise<Answer>,
  ) {
    return async ({ key, wish }: AsideWork<Wish>): Promise<Answer> => {
      const controller = new AbortController()
      working.set(key, controller)
      try {
        return await run((reads) => ask(reads, { ...wish, signal: controller.signal }))
      } finally {
        working.delete(key)
      }
    }
  }

  serveCalls(channel, {
    choose: work(chooseSubset),
    words: work(countConceptWords),
    read: ({ name, args }: AsideRead) => run(({ caller }) => caller.call(name, args)),
    cancel: ({ key }: Cancelled) => {
      working.get(key)?.abort()
    },
    close: async () => {
      for (const controller of working.values()) controller.abort()
      await Promise.allSettled(running)
      local?.close()
      local = null
    },
  })
}
