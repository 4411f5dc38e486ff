import { stringify } from 'csv-stringify/sync'
import { countCommonColumns, openCsv } from './delimited.ts'
import { writeDelimited } from './delimited-writer.ts'
import type { FormatReader, FormatWriter } from './format.ts'
import { nameWithoutGzip } from './gzip-file.ts'
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
  if (hasExtension(nameWithoutGzip(path), ['csv'])) return 0.9
  if (!hasExtension(path, ['txt', ''])) return 0
  const head = await readHead(path)
  return countCommonColumns(head, ',') > 1 ? 0.4 : 0
}

export const csvWriter: FormatWriter = {
  id: 'csv',
  label: 'CSV table',
  group: 'exchange',
  summary: 'A row an image, for spreadsheets',
  description: 'One row an image, quoted after RFC 4180, with a header. No pictures.',
  hasImages: false,
  holdsSeveral: true,
  isSharded: false,
  write: (request) =>
    writeDelimited(request, {
      name: 'data.csv',
      encode: (records) => encodeCsv(records, request.options.spreadsheetSafe),
    }),
}

/** Records by RFC 4180, CR LF included. `isGuarded` puts an apostrophe before cells that a spreadsheet would run. */
export function encodeCsv(records: readonly (readonly string[])[], isGuarded: boolean): string {
  return stringify([...records], {
    record_delimiter: '\r\n',
    // The library quotes only its own record delimiter, but a line feed alone would end a record too.
    quoted_match: /[\r\n]/,
    escape_formulas: isGuarded,
  })
}
