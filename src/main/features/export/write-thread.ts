import { workerEntry } from '../../base/app-paths.ts'
import { openThread } from '../../base/channel-hosts.ts'
import { serializeError } from '../../base/error-transfer.ts'
import { createIdleThread } from '../../base/idle-thread.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import type { Errand, ErrandAnswer, ExportNews, NumberedErrand } from './write-errands.ts'
import type { ExportOrder, WrittenExport } from './write-export.ts'
import type { AnswerCall, Keyed, WriteCall } from './write-serve.ts'

const IDLE_MS = 1_000

const thread = createIdleThread({
  worker: 'export',
  idleMs: IDLE_MS,
  open: () => openThread(workerEntry('export'), {}),
})

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
 * answers stays free. Ends only when nothing is left under way, also where the signal is aborted.
 */
export async function writeAside(
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
      for (const errand of news.errands) void runErrand(key, errand, around)
      if (news.isOver) return (await written) as WrittenExport
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function runErrand(
  key: number,
  { number, errand }: NumberedErrand,
  around: Pick<Surroundings, 'tools' | 'readPicture'>,
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
