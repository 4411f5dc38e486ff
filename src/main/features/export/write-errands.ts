import { setTimeout as sleep } from 'node:timers/promises'
import { deserializeError, type SerializedError } from '../../base/error-transfer.ts'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { WriteRequest } from '../../formats/format.ts'
import { readPictureBytes } from '../../media/image-file.ts'
import type { ShapeArgs, ShapedTexts, TokenizerFiles } from '../../text/requests.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'

/** How long news may wait for more of them. */
const NEWS_AFTER_MS = 100

/** What the export's thread asks of the main one, which has the other threads and processes. */
export type Errand =
  | { readonly kind: 'shape'; readonly args: ShapeArgs }
  | { readonly kind: 'tokenizers' }
  | { readonly kind: 'picture'; readonly address: string }

export interface NumberedErrand {
  readonly number: number
  readonly errand: Errand
}

export type ErrandAnswer = Pick<NumberedErrand, 'number'> &
  ({ readonly value: unknown } | { readonly error: SerializedError })

type RowError = Parameters<WriteRequest['onError']>[0]

/** What happened since the last news. */
export interface ExportNews {
  readonly done: number
  readonly skipped: number
  readonly errors: readonly RowError[]
  readonly errands: readonly NumberedErrand[]
  /** Whether nothing comes any more. */
  readonly isOver: boolean
}

export interface ErrandDesk {
  readonly tools: TextTools
  readonly readPicture: ReadPicture
  onRow(outcome: 'done' | 'skipped'): void
  onError(error: RowError): void
  /** Waits for something that cannot wait, or a while. */
  news(): Promise<ExportNews>
  answer(answer: ErrandAnswer): void
  /** Says that nothing comes any more. */
  end(): void
}

/** Gathers what a thread has to tell and to ask of who started it, who comes for it again and again. */
export function createErrandDesk(): ErrandDesk {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastNumber = 0
  let counts = { done: 0, skipped: 0 }
  let errors: RowError[] = []
  let errands: NumberedErrand[] = []
  let isOver = false
  let urgent = new AbortController()

  function ask(errand: Errand): Promise<unknown> {
    lastNumber += 1
    const answer = Promise.withResolvers<unknown>()
    waiting.set(lastNumber, answer)
    errands.push({ number: lastNumber, errand })
    urgent.abort()
    return answer.promise
  }

  return {
    tools: {
      text: { shape: async (args) => (await ask({ kind: 'shape', args })) as ShapedTexts },
      tokenizers: {
        find: async () => (await ask({ kind: 'tokenizers' })) as readonly TokenizerFiles[],
      },
    },
    // A cell is decoded by the media process, which only the main thread can ask.
    readPicture: async (address) =>
      fromPictureAddress(address).part?.kind === 'cell'
        ? ((await ask({ kind: 'picture', address })) as Uint8Array)
        : readPictureBytes(address),
    onRow: (outcome) => {
      counts[outcome] += 1
    },
    onError: (error) => {
      errors.push(error)
    },
    async news() {
      await sleep(NEWS_AFTER_MS, null, { signal: urgent.signal }).catch(() => undefined)
      const news = { ...counts, errors, errands, isOver }
      counts = { done: 0, skipped: 0 }
      errors = []
      errands = []
      if (!isOver) urgent = new AbortController()
      return news
    },
    answer(answer) {
      const asked = waiting.get(answer.number)
      waiting.delete(answer.number)
      if ('error' in answer) asked?.reject(deserializeError(answer.error))
      else asked?.resolve(answer.value)
    },
    end() {
      isOver = true
      urgent.abort()
    },
  }
}
