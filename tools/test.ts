import { addCounts, describeFailure, formatCounts, saveResult } from './counts.ts'
import { runEndToEnd } from './e2e.ts'
import { buildStep, runStep, vitestStep, type StepResult } from './run-step.ts'

/** `npm test`: unit, api and migration tests, then the build, then a browser against the built Node host. */
const code = await runStep(vitestStep('code', ['unit', 'api']), true)
const build = await runStep(buildStep, true)
const results: StepResult[] = [code, build]
if (build.isOk) results.push(await runEndToEnd([]))

const counts = addCounts(results.map((result) => result.counts))
const failures = results
  .filter(({ isOk }) => !isOk)
  .map(({ name, output }) => describeFailure(name, output))
await saveResult('test', {
  counts,
  failures,
  notes: results.flatMap(({ notes = [] }) => notes),
})
process.stdout.write(`\n${formatCounts(counts)}\n`)
process.exitCode = counts.failed === 0 ? 0 : 1
