import { resolve } from 'node:path'

/** The folder after `--project` (or `--project=`) in the program's arguments; undefined when none is named. */
export function readProjectArgument(argv: readonly string[], cwd: string): string | undefined {
  const index = argv.findIndex((arg) => arg === '--project' || arg.startsWith('--project='))
  if (index === -1) return undefined
  const folder = argv[index]?.split('=').slice(1).join('=') || argv[index + 1]
  return folder === undefined || folder === '' ? undefined : resolve(cwd, folder)
}
