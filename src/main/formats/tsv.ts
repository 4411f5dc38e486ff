import { countCommonColumns, openTsv } from './delimited.ts'
import { writeDelimited } from './delimited-writer.ts'
import type { FormatReader, FormatWriter } from './format.ts'
import { nameWithoutGzip } from './gzip-file.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { createTableReader } from './table-source.ts'
import { escapeTsv } from './tsv-escape.ts'

export const tsvReader: FormatReader = createTableReader({
  id: 'tsv',
  label: 'TSV table',
  description:
    'A table separated by tabs, with a header row or, as CC3M and CC12M come, without one.',
  sniff: sniffTsv,
  open: openTsv,
})

async function sniffTsv(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file') return 0
  if (hasExtension(nameWithoutGzip(path), ['tsv', 'tab'])) return 0.9
  if (!hasExtension(path, ['txt', ''])) return 0
  const head = await readHead(path)
  return countCommonColumns(head, '\t') > 1 ? 0.5 : 0
}

export const tsvWriter: FormatWriter = {
  id: 'tsv',
  label: 'TSV table',
  group: 'exchange',
  summary: 'A row an image, tabs escaped',
  description:
    'One row an image, separated by tabs; tabs, line ends and backslashes in texts are escaped. No pictures.',
  hasImages: false,
  holdsSeveral: true,
  isSharded: false,
  write: (request) => writeDelimited(request, { name: 'data.tsv', encode: encodeTsv }),
}

function encodeTsv(records: readonly (readonly string[])[]): string {
  return records.map((cells) => `${cells.map(escapeTsv).join('\t')}\n`).join('')
}
