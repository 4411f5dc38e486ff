import type { Database } from 'better-sqlite3'
import { prepareAltImages } from './queries/alt-images.ts'
import { prepareStateColumn } from './queries/state-column.ts'

export interface WarmUp {
  /** Does nothing from the second call on. */
  start(): void
  stop(): void
}

/**
 * Reads into memory what the first search and the first counts would wait for, in steps of a few milliseconds between
 * the questions that come in meanwhile.
 */
export function createWarmUp(db: Database): WarmUp {
  const steps = listSteps(db)
  let waiting: NodeJS.Immediate | null = null
  let isStarted = false
  function step(): void {
    waiting = null
    if (steps.next().done !== true) waiting = setImmediate(step)
  }
  return {
    start() {
      if (isStarted) return
      isStarted = true
      waiting = setImmediate(step)
    },
    stop() {
      isStarted = true
      if (waiting !== null) clearImmediate(waiting)
    },
  }
}

function* listSteps(db: Database): Generator<void> {
  yield* prepareStateColumn(db)
  yield* prepareAltImages(db)
}
