import { encodeCsv } from './csv.ts'
import { damagedWarning } from './delimited-writer.ts'
import { csvHeader, exportCells, exportColumns } from './export-columns.ts'
import { createExportNames } from './export-names.ts'
import type { FormatWriter, WriteRequest } from './format.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'

const FOLDER = 'data'

/** Its `CSVDataset`: every column loads as text. */
export const fiftyoneCsvWriter: FormatWriter = {
  id: 'fiftyone-csv',
  label: 'FiftyOne CSV',
  group: 'annotation',
  summary: 'data/ and labels.csv',
  description:
    'Pictures in data/ and labels.csv, which FiftyOne loads as a CSVDataset; all columns are texts there.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  write: writeCsv,
}

/** The layout that its importer reads where there is no metadata.json: it infers the fields. */
export const fiftyoneWriter: FormatWriter = {
  id: 'fiftyone',
  label: 'FiftyOne samples',
  group: 'annotation',
  summary: 'data/ and samples.json',
  description:
    'Pictures in data/ and samples.json, which FiftyOne loads as a FiftyOneDataset of the older kind, with tags and numbers.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  write: writeSamples,
}

async function writeCsv(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const others = csvHeader(request.options).filter((name) => name !== 'file_name')
  const lines = await openLines(request.target, 'labels.csv')
  await lines.write(encodeCsv([['filepath', ...others]], false))
  let damaged = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const name = nameFile(row.image)
    if (!(await place(request, row, name))) continue
    const cells = exportCells(exportColumns(row, name))
    const record = [name, ...others.map((column) => cells[column])]
    if (!record.every((cell) => cell.isWellFormed())) damaged += 1
    await lines.write(
      encodeCsv([record.map((cell) => cell.toWellFormed())], request.options.spreadsheetSafe),
    )
    request.onRow('done')
  }
  await lines.close()
  if (damaged > 0) request.onWarning(damagedWarning(damaged))
}

async function writeSamples(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const lines = await openLines(request.target, 'samples.json')
  await lines.write('{"samples":[')
  let count = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const name = nameFile(row.image)
    if (!(await place(request, row, name))) continue
    const { file_name: _name, tags, ...fields } = exportColumns(row, name)
    // A field that is null everywhere has no type there.
    const known = Object.entries(fields).filter(([, value]) => value !== null)
    const sample = { filepath: `${FOLDER}/${name}`, tags, ...Object.fromEntries(known) }
    await lines.write(`${count === 0 ? '' : ','}\n${JSON.stringify(sample)}`)
    count += 1
    request.onRow('done')
  }
  await lines.write('\n]}\n')
  await lines.close()
}

async function place(
  request: WriteRequest,
  row: Parameters<typeof placeImage>[1],
  name: string,
): Promise<boolean> {
  if (request.options.images === 'none') return true
  if (await placeImage(request, row, `${FOLDER}/${name}`)) return true
  reportMissing(request, row)
  return false
}
