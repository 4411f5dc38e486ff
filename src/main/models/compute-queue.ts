import type { Urgency } from './requests.ts'

/** Runs one piece of compute at a time, interactive ones first, each lane in the order asked. */
export interface ComputeQueue {
  run<Result>(urgency: Urgency, work: () => Promise<Result>): Promise<Result>
}

export function createComputeQueue(): ComputeQueue {
  const lanes: Readonly<Record<Urgency, (() => Promise<void>)[]>> = {
    interactive: [],
    background: [],
  }
  let isRunning = false

  async function drain(): Promise<void> {
    isRunning = true
    for (;;) {
      const next = lanes.interactive.shift() ?? lanes.background.shift()
      if (next === undefined) break
      await next()
      // The runtime holds the thread while it computes: only here messages are read and pictures come in.
      await new Promise((resolve) => setImmediate(resolve))
    }
    isRunning = false
  }

  return {
    run: (urgency, work) =>
      new Promise((resolve, reject) => {
        lanes[urgency].push(() => work().then(resolve, reject))
        if (!isRunning) void drain()
      }),
  }
}
