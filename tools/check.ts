import { join } from 'node:path'
import { addCounts, describeFailure, formatCounts, saveResult } from './counts.ts'
import { ROOT } from './package-root.ts'
import { binOf, buildStep, runStep, vitestStep, type Step, type StepResult } from './run-step.ts'

const tool = (name: string): string => join(ROOT, 'tools', name)

const STEPS: readonly Step[] = [
  { name: 'types', commands: [[binOf('tsc'), '-b', '--pretty', 'false']] },
  {
    name: 'lint',
    commands: [
      [binOf('eslint'), '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint'],
      [binOf('prettier'), '--check', '.', '--log-level', 'warn'],
    ],
  },
  {
    name: 'walls',
    commands: [
      [binOf('depcruise'), '--config', '.dependency-cruiser.cjs', 'src', 'tools', 'test'],
      [binOf('knip')],
    ],
  },
  { name: 'hygiene', commands: [[tool('commit-hygiene.ts')]] },
  vitestStep('unit', ['unit']),
  vitestStep('api', ['api']),
  buildStep,
  { name: 'smoke', commands: [[tool('smoke.ts')]] },
  { name: 'fuzz', commands: [[join(ROOT, 'tools', 'fuzz', 'main.ts'), '90']] },
  { name: 'kill', commands: [[tool('kill-test.ts'), '--kills', '50']] },
]

/**
 * `npm run check`: everything that must hold before a commit, one after another. REALIGN_CHECK_SKIP names
 * steps to leave out, for a caller that has just run the same tests.
 */
async function check(): Promise<void> {
  const skipped = new Set((process.env['REALIGN_CHECK_SKIP'] ?? '').split(','))
  const results: StepResult[] = []
  for (const step of STEPS.filter(({ name }) => !skipped.has(name))) {
    process.stdout.write(`${step.name}... `)
    const result = await runStep(step, false)
    process.stdout.write(`${result.isOk ? 'ok' : 'FAILED'}\n`)
    if (!result.isOk) process.stdout.write(`${result.output.trimEnd()}\n\n`)
    results.push(result)
  }
  printTable(results)
  const counts = addCounts(results.map((result) => result.counts))
  const failures = results
    .filter(({ isOk }) => !isOk)
    .map(({ name, output }) => describeFailure(name, output))
  await saveResult('check', { counts, failures })
  process.stdout.write(`\n${formatCounts(counts)}\n`)
  process.exitCode = counts.failed === 0 ? 0 : 1
}

function printTable(results: readonly StepResult[]): void {
  process.stdout.write('\n')
  for (const { name, isOk, durationMs, counts } of results) {
    const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8)
    const state = isOk ? 'ok    ' : 'FAILED'
    process.stdout.write(`${name.padEnd(8)} ${state} ${seconds}  ${formatCounts(counts)}\n`)
  }
}

await check()
