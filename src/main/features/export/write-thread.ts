import { AppError } from '../../../shared/errors.ts'
import { workerEntry } from '../../base/app-paths.ts'
import type { Channel } from '../../base/channel.ts'
import { openThread } from '../../base/channel-hosts.ts'
import { serializeError } from '../../base/error-transfer.ts'
import { createIdleThread, type IdleThread } from '../../base/idle-thread.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { settleLeftovers } from './staged-target.ts'
import type { Errand, ErrandAnswer, ExportNews, NumberedErrand } from './write-errands.ts'
import type { ExportOrder, WrittenExport } from './write-export.ts'
import type { AnswerCall, Keyed, WriteCall } from './write-serve.ts'

const IDLE_MS = 1_000

let lastKey = 0

interface Surroundings {
  /** Of the project. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly tools: TextTools
  readonly readPicture: ReadPicture
  readonly onNews: (news: Pick<ExportNews, 'done' | 'skipped' | 'errors'>) => void
}

/**
 * As `writeExport`, in a thread with a connection of its own: rows are read and written in one place, and the thread that
 * answers stays free. Ends only when nothing is left under way, also where the signal is aborted or the thread dies.
 */
export type WriteAside = (order: ExportOrder, around: Surroundings) => Promise<WrittenExport>

export function createWriteAside(
  open: () => Channel = () => openThread(workerEntry('export'), {}),
): WriteAside {
  const thread = createIdleThread({ worker: 'export', idleMs: IDLE_MS, open })
  return async (order, around) => {
    try {
      return await write(thread, order, around)
    } catch (error) {
      // A thread that died has cleared nothing away, and nobody would look for it beside the target.
      if (error instanceof AppError && error.code === 'WORKER_CRASHED') {
        await settleLeftovers(order.params.out).catch(() => undefined)
      }
      throw error
    }
  }
}

async function write(
  thread: IdleThread,
  order: ExportOrder,
  { folder, signal, ...around }: Surroundings,
): Promise<WrittenExport> {
  signal.throwIfAborted()
  lastKey += 1
  const key = lastKey
  const onAbort = (): void => {
    // Where it ended by itself meanwhile, there is nothing to give up.
    thread.call('cancel', { key } satisfies Keyed).catch(() => undefined)
  }
  const written = thread.call('write', { key, folder, order } satisfies WriteCall)
  // It is waited for below; until then a failure must not count as unhandled.
  written.catch(() => undefined)
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      const news = (await thread.call('news', { key } satisfies Keyed)) as ExportNews
      around.onNews(news)
      for (const errand of news.errands) void runErrand(thread, { key, errand, around })
      if (news.isOver) return (await written) as WrittenExport
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function runErrand(
  thread: IdleThread,
  {
    key,
    errand: { number, errand },
    around,
  }: Keyed & {
    readonly errand: NumberedErrand
    readonly around: Pick<Surroundings, 'tools' | 'readPicture'>
  },
): Promise<void> {
  let answer: ErrandAnswer
  try {
    answer = { number, value: await run(errand, around) }
  } catch (error) {
    answer = { number, error: serializeError(error) }
  }
  // An export that ended meanwhile wants no answer any more.
  await thread.call('answer', { key, answer } satisfies AnswerCall).catch(() => undefined)
}

function run(
  errand: Errand,
  { tools, readPicture }: Pick<Surroundings, 'tools' | 'readPicture'>,
): Promise<unknown> {
  switch (errand.kind) {
    case 'shape':
      return tools.text.shape(errand.args)
    case 'tokenizers':
      return tools.tokenizers.find()
    case 'picture':
      return readPicture(errand.address)
  }
}
