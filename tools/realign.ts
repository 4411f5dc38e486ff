import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuild } from './build.ts'
import { ROOT } from './package-root.ts'

/**
 * Runs the built command line in this process. Building says what it does on standard error only, so that
 * `--json` leaves one document on standard output.
 */
export async function runBuiltCli(args: readonly string[]): Promise<void> {
  await ensureBuild()
  const entry = join(ROOT, 'out', 'main', 'cli.js')
  process.argv = [process.argv[0] ?? process.execPath, entry, ...args]
  await import(pathToFileURL(entry).href)
}

if (import.meta.main) {
  try {
    await runBuiltCli(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`realign: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 3
  }
}
