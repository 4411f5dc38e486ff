import { packageRoot } from '../../base/app-paths.ts'
import { findBaseFolder } from './base-folder.ts'
import { EXIT } from './command.ts'
import { runCli } from './run.ts'
import { openSession } from './session.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PARENT_CHECK_MS = 1_000

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
    interrupted: watchForEnd(),
    openSession: () => openSession(process.env),
  }).then((exitCode) => {
    // Writes to a pipe are not done when write() returns: leaving earlier would cut the answer off.
    process.stdout.write('', () => process.exit(exitCode))
  })
}

/** The first signal asks to stop cleanly, the second stops at once. */
function watchForEnd(): AbortSignal {
  const controller = new AbortController()
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(EXIT.failed)
      controller.abort()
    })
  }
  if (process.env['npm_lifecycle_event'] !== undefined) {
    onParentGone(() => controller.abort())
  }
  return controller.signal
}

/**
 * npm runs us through a shell and passes a termination on to that shell only, which dies without a word to
 * us. What can be seen is that somebody else is our parent then.
 */
function onParentGone(listener: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    listener()
  }, PARENT_CHECK_MS)
  timer.unref()
}
