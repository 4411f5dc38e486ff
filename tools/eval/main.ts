import { parseArgs } from 'node:util'
import { formatDetails, measureDetails, requireTable } from './checks-details.ts'
import { fitDetails } from './checks-details-fit.ts'
import { formatOcr, measureOcr } from './ocr.ts'
import { formatQuality, measureTextUnits } from './text-units.ts'

const USAGE = `Usage: npm run eval -- [ocr|details|details-fit] [--json]

Measures how well text units are found, on FACTUAL's random test set beside the repository
(../shared/data/text/factual-test.csv), and prints the table of docs/quality.md, or with --json the rows. With "ocr": how well text in pictures is read
(docs/models.md), which takes minutes. With "details": how well what captions
leave out is found on held-out scenes; "details-fit" prints the weights and limits of src/main/checks/details-tables.ts.
`

const DETAIL_SCENES = 240

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stderr.write(USAGE)
    return 0
  }
  if (positionals[0] === 'ocr') {
    const rows = await measureOcr()
    process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : formatOcr(rows))
    return 0
  }
  if (positionals[0] === 'details') {
    const rows = await measureDetails(DETAIL_SCENES)
    process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : formatDetails(rows))
    return 0
  }
  if (positionals[0] === 'details-fit') {
    process.stdout.write(`${JSON.stringify(await fitDetails(requireTable()), null, 2)}\n`)
    return 0
  }
  const rows = await measureTextUnits()
  if (rows === null) {
    process.stderr.write(
      'text-units: skipped, because ../shared/data/text/factual-test.csv is not there.\n',
    )
    return 0
  }
  process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : formatQuality(rows))
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = 1
}
