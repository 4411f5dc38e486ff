import { addCounts, formatCounts, loadResult } from './counts.ts'

/** Prints why the named runs failed, what they must tell, and their sum, alone on the last line, and fails when anything failed. */
const results = await Promise.all(process.argv.slice(2).map(loadResult))
for (const told of results.flatMap(({ failures, notes = [] }) => [...failures, ...notes])) {
  process.stdout.write(`\n${told}\n`)
}
const { passed, failed } = addCounts(results.map(({ counts }) => counts))
process.stdout.write(`\n${formatCounts({ passed, failed, skipped: 0 })}\n`)
process.exitCode = failed === 0 ? 0 : 1
