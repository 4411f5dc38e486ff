export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface Log {
  debug(message: string, details?: object): void
  info(message: string, details?: object): void
  warn(message: string, details?: object): void
  error(message: string, details?: object): void
}

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/**
 * Writes one line an event to standard error, so that standard output stays free for a command's
 * own answer. Errors inside `details` are printed with their stack.
 */
export function createLog(least: LogLevel = 'info'): Log {
  function write(level: LogLevel, message: string, details: object | undefined): void {
    if (ORDER[level] < ORDER[least]) return
    const rest = details === undefined ? '' : ` ${formatDetails(details)}`
    process.stderr.write(`${new Date().toISOString()} ${level} ${message}${rest}\n`)
  }
  return {
    debug: (message, details) => write('debug', message, details),
    info: (message, details) => write('info', message, details),
    warn: (message, details) => write('warn', message, details),
    error: (message, details) => write('error', message, details),
  }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

function formatDetails(details: object): string {
  return JSON.stringify(details, (_key, value: unknown) =>
    value instanceof Error
      ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
      : value,
  )
}
