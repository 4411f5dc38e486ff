import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../package-root.ts'

const REQUIREMENTS = join(ROOT, 'tools', 'interop', 'requirements.txt')
const OLDEST = [3, 11] as const

/** A Python with the pinned libraries, or why there is none. */
export type PythonEnvironment =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'absent'; readonly reason: string }

/** Makes the environment once for each list of requirements, under `.cache`, in `limitMs` at most. */
export function preparePython(limitMs: number): PythonEnvironment {
  const endsAt = Date.now() + limitMs
  const base = findPython()
  if (base === null) {
    return { kind: 'absent', reason: `Python ${OLDEST.join('.')} or newer was not found` }
  }
  const digest = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12)
  const folder = join(ROOT, '.cache', 'interop', digest)
  const python = join(
    folder,
    ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
  )
  if (existsSync(join(folder, 'ready'))) return { kind: 'ready', python }
  rmSync(folder, { recursive: true, force: true })
  const steps = [
    [base, '-m', 'venv', folder],
    [
      python,
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-compile',
      '--retries=1',
      '--timeout=15',
      // Nothing is built by strangers' scripts; the one that has no wheel is plain Python.
      '--only-binary=:all:',
      '--no-binary=jsonpath-rw',
      '--requirement',
      REQUIREMENTS,
    ],
    [python, '-c', `open(${JSON.stringify(join(folder, 'ready'))}, "w").close()`],
  ]
  for (const [program = '', ...args] of steps) {
    const timeout = Math.max(1_000, endsAt - Date.now())
    const done = spawnSync(program, args, { encoding: 'utf8', timeout })
    if (done.status === 0) continue
    const reason = (done.stderr || String(done.error ?? '')).trim().split('\n').at(-1) ?? ''
    return { kind: 'absent', reason: `the Python libraries could not be installed (${reason})` }
  }
  return { kind: 'ready', python }
}

function findPython(): string | null {
  const given = process.env['REALIGN_PYTHON'] ?? ''
  const names = given === '' ? ['python3', 'python'] : [given]
  const test = `import sys, venv; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`
  return names.find((name) => spawnSync(name, ['-c', test]).status === 0) ?? null
}
