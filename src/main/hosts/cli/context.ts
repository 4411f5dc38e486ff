import type { LogLevel } from '../../base/log.ts'
import type { Client } from '../../http/rpc-client.ts'
import type { Progress } from './progress-line.ts'

/** A core in this process, asked through the same client as everywhere. */
export interface Session {
  readonly client: Client
  close(): Promise<void>
}

/** What a command works with; tests give their own. */
export interface CliContext {
  /** Standard output: the answer and nothing else. */
  readonly out: (text: string) => void
  /** Standard error: progress, warnings, errors. */
  readonly err: (text: string) => void
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths start at. */
  readonly baseFolder: string
  /** Fires at the first Ctrl+C or termination. */
  readonly interrupted: AbortSignal
  readonly openSession: () => Promise<Session>
}

/** How the one command that runs should answer. */
export interface Answering {
  readonly isJson: boolean
  readonly progress: Progress
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

export function readLogLevel(env: CliContext['env'], fallback: LogLevel): LogLevel {
  return LEVELS.find((level) => level === env['REALIGN_LOG']) ?? fallback
}
