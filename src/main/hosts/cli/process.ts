import { packageRoot } from '../../base/app-paths.ts'
import { findBaseFolder } from './base-folder.ts'
import { EXIT } from './command.ts'
import { runCli } from './run.ts'
import { openSession } from './session.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Joins the command line to this process: arguments, streams, signals, exit code. */
export function startProcess(): void {
  // A reader such as `head` may go away; the exit code still tells how it went.
  process.stdout.on('error', () => process.exit(EXIT.failed))
  void runCli(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    env: process.env,
    baseFolder: findBaseFolder({
      cwd: process.cwd(),
      packageRoot: packageRoot(),
      env: process.env,
    }),
    interrupted: watchSignals(),
    openSession: () => openSession(process.env),
  }).then((exitCode) => {
    // Writes to a pipe are not done when write() returns: leaving earlier would cut the answer off.
    process.stdout.write('', () => process.exit(exitCode))
  })
}

/** The first signal asks to stop cleanly, the second stops at once. */
function watchSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(EXIT.failed)
      controller.abort()
    })
  }
  return controller.signal
}
