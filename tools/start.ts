import { spawn } from 'node:child_process'
import { ensureBuild } from './build.ts'
import { findElectron } from './electron-binary.ts'
import { ROOT } from './package-root.ts'
import { runBuiltCli } from './realign.ts'
import { whyNoShell } from './shell-choice.ts'

/** A shell that ends this early with an error could not open its window. */
const EARLY_EXIT_MS = 10_000

/**
 * `npm start [-- --browser] [options of realign serve]`: the Electron shell where it can run, else the
 * browser host, with one line that says why.
 */
async function start(args: readonly string[]): Promise<void> {
  await ensureBuild()
  const rest = args.filter((arg) => arg !== '--browser')
  const reason =
    whyNoShell({
      platform: process.platform,
      env: process.env,
      isRoot: process.getuid?.() === 0,
      isBrowserWanted: rest.length !== args.length,
    }) ?? (await tryShell(rest))
  if (reason === null) return
  process.stderr.write(`${reason} Realign starts in the browser host instead.\n`)
  await runBuiltCli(['serve', ...rest])
}

/** Null when the shell ran, else why it did not. */
async function tryShell(args: readonly string[]): Promise<string | null> {
  const electron = await findElectron()
  if (electron === null) return "Electron's program cannot be fetched from here."
  const startedAt = performance.now()
  // npm runs us in the package's folder; relative paths belong to the folder where the user stands.
  const cwd = process.env['INIT_CWD'] ?? process.cwd()
  const child = spawn(electron, [ROOT, ...args], { stdio: 'inherit', cwd })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', resolve)
  })
  process.off('SIGINT', forward).off('SIGTERM', forward)
  const isEarly = performance.now() - startedAt < EARLY_EXIT_MS
  if (code !== 0 && code !== null && isEarly) return 'Electron could not open a window.'
  process.exitCode = code ?? 0
  return null
}

try {
  await start(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
