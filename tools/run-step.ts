import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { countReport, type Counts } from './counts.ts'
import { CACHE, ROOT } from './package-root.ts'

export interface Step {
  readonly name: string
  /** Script and arguments for Node, or several of them that run one after another. */
  readonly commands: readonly (readonly string[])[]
  /** JSON report that the command writes, when it runs tests. */
  readonly report?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface StepResult {
  readonly name: string
  readonly isOk: boolean
  readonly durationMs: number
  readonly counts: Counts
  /** What the commands printed. */
  readonly output: string
  /** What a reader of the whole run must be told although the step did not fail. */
  readonly notes?: readonly string[]
}

const BIN = {
  tsc: 'typescript/bin/tsc',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
  playwright: 'playwright/cli.js',
} as const

/** The program of an installed package, to be run by our own Node whatever the machine's shell is. */
export function binOf(name: keyof typeof BIN): string {
  return join(ROOT, 'node_modules', BIN[name])
}

/** Runs the commands of a step until one fails. `isShown` also prints as it goes. */
export async function runStep(step: Step, isShown: boolean): Promise<StepResult> {
  const startedAt = performance.now()
  if (step.report !== undefined) {
    await mkdir(dirname(step.report), { recursive: true })
    await rm(step.report, { force: true })
  }
  let output = ''
  let isOk = true
  for (const command of step.commands) {
    const result = await runCommand(command, step.env ?? {}, isShown)
    output += result.output
    isOk = result.code === 0
    if (!isOk) break
  }
  const counts =
    step.report === undefined
      ? { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: 0 }
      : countReport(await readReport(step.report), isOk)
  return { name: step.name, isOk, durationMs: performance.now() - startedAt, counts, output }
}

function runCommand(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  isShown: boolean,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString()
      if (isShown) process.stdout.write(chunk)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** A runner's JSON report; null where it wrote none. */
export async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

/** A Vitest run of the named projects, with a report to count from. */
export function vitestStep(name: string, projects: readonly string[]): Step {
  const report = join(CACHE, 'reports', `${name}.json`)
  const names = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { name, report, commands: [[binOf('vitest'), 'run', ...names, ...reporters]] }
}

export const buildStep: Step = { name: 'build', commands: [[join(ROOT, 'tools', 'build.ts')]] }
