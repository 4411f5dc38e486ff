import { addCounts, formatCounts, loadCounts } from './counts.ts'

/** Prints the sum of the named runs as one line, alone on its line, and fails when anything failed. */
const { passed, failed } = addCounts(await Promise.all(process.argv.slice(2).map(loadCounts)))
process.stdout.write(`\n${formatCounts({ passed, failed, skipped: 0 })}\n`)
process.exitCode = failed === 0 ? 0 : 1
