import { availableParallelism } from 'node:os'

/** Decoding fills a core, so there are as many at a time as cores; reading and writing go on beside it. */
export const DECODE_SLOTS = availableParallelism()

export interface Slots {
  /** Runs a job when a slot is free, in the order asked. */
  run<Result>(job: () => Promise<Result>): Promise<Result>
}

export function createSlots(count: number): Slots {
  let free = count
  const waiting: (() => void)[] = []
  return {
    async run(job) {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await job()
      } finally {
        // The slot is handed on, not given back, so that nobody slips in between.
        const next = waiting.shift()
        if (next === undefined) free += 1
        else next()
      }
    },
  }
}
