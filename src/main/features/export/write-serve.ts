import { serveCalls } from '../../base/channel-calls.ts'
import type { Channel } from '../../base/channel.ts'
import { openExportReads } from '../../db/export-reads.ts'
import { createErrandDesk, type ErrandAnswer, type ErrandDesk } from './write-errands.ts'
import { writeExport, type ExportOrder, type WrittenExport } from './write-export.ts'

/** An export in its thread is known by a key. */
export interface Keyed {
  readonly key: number
}

export interface WriteCall extends Keyed {
  /** Of the project. */
  readonly folder: string
  readonly order: ExportOrder
}

export interface AnswerCall extends Keyed {
  readonly answer: ErrandAnswer
}

/** The export thread's side of the line. Between pages it hears who gave up. */
export function serveExports(channel: Channel): void {
  const working = new Map<
    number,
    { readonly controller: AbortController; readonly desk: ErrandDesk }
  >()

  function find(key: number) {
    const found = working.get(key)
    if (found === undefined) throw new Error(`There is no export ${key} in this thread.`)
    return found
  }

  serveCalls(channel, {
    write: async ({ key, folder, order }: WriteCall): Promise<WrittenExport> => {
      const controller = new AbortController()
      const desk = createErrandDesk()
      working.set(key, { controller, desk })
      try {
        const reads = openExportReads(folder)
        try {
          return await writeExport(order, { ...desk, reads, signal: controller.signal })
        } finally {
          reads.close()
        }
      } finally {
        desk.end()
      }
    },
    news: async ({ key }: Keyed) => {
      const news = await find(key).desk.news()
      if (news.isOver) working.delete(key)
      return news
    },
    answer: ({ key, answer }: AnswerCall) => {
      find(key).desk.answer(answer)
    },
    cancel: ({ key }: Keyed) => {
      working.get(key)?.controller.abort()
    },
  })
}
