import type { Log, LogLevel } from '../../src/main/base/log.ts'

export interface LogEntry {
  readonly level: LogLevel
  readonly message: string
  readonly details: object
}

/** Keeps what was logged, so that a test can say what must, and must not, be there. */
export function createRecordingLog(): Log & { readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = []
  const record =
    (level: LogLevel) =>
    (message: string, details: object = {}): void => {
      entries.push({ level, message, details })
    }
  return {
    entries,
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  }
}
