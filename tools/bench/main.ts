import { parseArgs } from 'node:util'
import { benchAlignScreen } from './align-screen.ts'
import { benchAutosave } from './autosave.ts'
import type { BenchRow } from './bench-row.ts'
import { benchChecks } from './checks.ts'
import { benchCuration } from './curation.ts'
import { benchFirstPage, benchStartup } from './host-cases.ts'
import { benchImport } from './import-rows.ts'
import { benchMemory } from './memory.ts'
import { benchModels } from './models.ts'
import { benchScale } from './scale.ts'
import { formatTable } from './table.ts'
import { benchTextAnalysis } from './text-analysis.ts'
import { benchThumbnails } from './thumbnails.ts'

const CASES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  startup: benchStartup,
  'first-page': benchFirstPage,
  autosave: benchAutosave,
  import: benchImport,
  thumbnails: benchThumbnails,
  models: benchModels,
  checks: benchChecks,
  text: benchTextAnalysis,
  align: benchAlignScreen,
  memory: benchMemory,
  scale: benchScale,
  curation: benchCuration,
}

/** Takes many minutes and gigabytes, so it is run by name only. */
const ASKED_FOR = new Set(['scale', 'curation'])

const USAGE = `Usage: npm run bench -- [CASE...] [--json]

Measures Realign on temporary data, which is removed afterwards, and prints a table, or with --json one array of
{ case, value, unit, limit, ratio }. Cases: ${Object.keys(CASES).join(', ')}. Without names all but ${[...ASKED_FOR].join(', ')} run.
`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const names =
    positionals.length === 0
      ? Object.keys(CASES).filter((name) => !ASKED_FOR.has(name))
      : positionals
  const unknown = names.filter((name) => !Object.hasOwn(CASES, name))
  if (values.help || unknown.length > 0) {
    if (unknown.length > 0) process.stderr.write(`There is no case "${unknown.join('", "')}".\n`)
    process.stderr.write(USAGE)
    return values.help ? 0 : 2
  }
  const rows: BenchRow[] = []
  for (const name of names) {
    process.stderr.write(`${name}...\n`)
    rows.push(...((await CASES[name]?.()) ?? []))
  }
  process.stdout.write(values.json ? `${JSON.stringify(rows.map(rounded))}\n` : formatTable(rows))
  return 0
}

/** Four significant digits: more would only be noise. */
function rounded(row: BenchRow): BenchRow {
  const round = (value: number): number => Number(value.toPrecision(4))
  return {
    ...row,
    value: round(row.value),
    limit: row.limit === null ? null : round(row.limit),
    ratio: row.ratio === null ? null : round(row.ratio),
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = 1
}
