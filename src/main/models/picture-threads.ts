import type { Channel } from '../base/channel.ts'
import { createCaller, type Caller } from '../base/channel-calls.ts'
import type { PictureReader } from './picture-pipeline.ts'
import type { PreparedFile } from './pictures.ts'
import type { VisiblePixels } from './tasks/image-tensor.ts'

interface Thread {
  readonly channel: Channel
  readonly caller: Caller
  busy: number
}

/**
 * Threads that read and resize pictures beside the thread that computes, which is not free for anything while it
 * does. Started with the first picture.
 */
export class PictureThreads implements PictureReader {
  readonly #getReady: () => Promise<unknown>
  readonly #start: () => Channel
  readonly #count: number
  readonly #threads: Thread[] = []
  #ready: Promise<unknown> | null = null

  constructor(options: {
    /** What must have happened in this thread before others are started; once. */
    readonly getReady: () => Promise<unknown>
    readonly start: () => Channel
    readonly count: number
  }) {
    this.#getReady = options.getReady
    this.#start = options.start
    this.#count = options.count
  }

  prepare(request: Parameters<PictureReader['prepare']>[0]): Promise<PreparedFile> {
    return this.#ask('prepare', request) as Promise<PreparedFile>
  }

  pixels(request: Parameters<PictureReader['pixels']>[0]): Promise<VisiblePixels> {
    return this.#ask('pixels', request) as Promise<VisiblePixels>
  }

  close(): void {
    for (const thread of this.#threads.splice(0)) thread.channel.kill()
  }

  async #ask(name: string, args: unknown): Promise<unknown> {
    this.#ready ??= this.#getReady()
    await this.#ready
    const thread = this.#pick()
    thread.busy += 1
    try {
      return await thread.caller.call(name, args)
    } finally {
      thread.busy -= 1
    }
  }

  /** The least busy one; another is started while all are busy and there may be more. */
  #pick(): Thread {
    const least = this.#threads.reduce<Thread | null>(
      (best, thread) => (best === null || thread.busy < best.busy ? thread : best),
      null,
    )
    if (least !== null && (least.busy === 0 || this.#threads.length >= this.#count)) return least
    const channel = this.#start()
    const thread: Thread = { channel, caller: createCaller(channel, 'pictures'), busy: 0 }
    this.#threads.push(thread)
    channel.onExit(() => {
      const index = this.#threads.indexOf(thread)
      if (index >= 0) this.#threads.splice(index, 1)
    })
    return thread
  }
}
