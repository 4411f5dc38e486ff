import { resolve } from 'node:path'

const OUR_SCRIPTS = new Set(['realign', 'start', 'dev'])

/**
 * The folder that relative paths start at. npm runs a script in the package's folder and leaves the
 * folder where the user stands in INIT_CWD. That is used only when we were started by a script of our
 * own and still are where npm put us: a script of somebody else's that does `cd` first and then calls
 * realign means its own folder. Of nested npm runs the innermost sets INIT_CWD, which is the right one.
 */
export function findBaseFolder(options: {
  readonly cwd: string
  readonly packageRoot: string
  readonly env: Readonly<Record<string, string | undefined>>
}): string {
  const { cwd, packageRoot, env } = options
  const initial = env['INIT_CWD']
  const isOurScript =
    OUR_SCRIPTS.has(env['npm_lifecycle_event'] ?? '') && resolve(cwd) === resolve(packageRoot)
  return isOurScript && initial !== undefined && initial !== '' ? initial : cwd
}
