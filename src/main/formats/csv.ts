import { countCommonColumns, openCsv } from './delimited.ts'
import type { FormatReader } from './format.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { createTableReader } from './table-source.ts'

export const csvReader: FormatReader = createTableReader({
  id: 'csv',
  label: 'CSV table',
  description:
    'A table with a header row, quoted after RFC 4180; semicolons and bars as separators are found too.',
  sniff: sniffCsv,
  open: openCsv,
})

async function sniffCsv(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file') return 0
  if (hasExtension(path, ['csv'])) return 0.9
  if (!hasExtension(path, ['txt', ''])) return 0
  const head = await readHead(path)
  return countCommonColumns(head, ',') > 1 ? 0.4 : 0
}
