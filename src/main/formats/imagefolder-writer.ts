import { encodeCsv } from './csv.ts'
import { damagedWarning } from './delimited-writer.ts'
import type { ExportColumns } from './export-columns.ts'
import { csvHeader, exportCells, exportColumns } from './export-columns.ts'
import { createExportNames } from './export-names.ts'
import { tableColumns, tableRow } from './export-table.ts'
import type { ExportTarget, FormatWriter, WriteOptions, WriteRequest } from './format.ts'
import { openLines } from './line-writer.ts'
import { openParquetOutput } from './parquet-writer.ts'
import { warnOfKinds } from './picture-bytes.ts'
import { placeImage, reportMissing } from './place-image.ts'
import { splitName } from './split-name.ts'

/** A metadata file that is being written; `add` answers whether a text had to be changed to be held. */
interface MetadataOutput {
  add(columns: ExportColumns): Promise<boolean>
  close(): Promise<void>
}

type OpenMetadata = (target: ExportTarget, options: WriteOptions) => Promise<MetadataOutput>

const ROWS_A_GROUP = 5_000
const openJsonl: OpenMetadata = async (target, options) => {
  const lines = await openLines(target, `${splitName(options)}/metadata.jsonl`)
  return {
    async add({ file_name, text, ...rest }) {
      await lines.write(`${JSON.stringify({ file_name, text, ...rest })}\n`)
      return false
    },
    close: () => lines.close(),
  }
}

const openCsv: OpenMetadata = async (target, options) => {
  // `file_name` and `text` first: these are the ones that people look for.
  const others = csvHeader(options).filter((name) => name !== 'file_name' && name !== 'text')
  const header = ['file_name', 'text', ...others] as const
  const lines = await openLines(target, `${splitName(options)}/metadata.csv`)
  await lines.write(encodeCsv([header], false))
  return {
    async add(columns) {
      const cells = exportCells(columns)
      const record = header.map((name) => cells[name])
      await lines.write(encodeCsv([record.map((cell) => cell.toWellFormed())], false))
      return !record.every((cell) => cell.isWellFormed())
    },
    close: () => lines.close(),
  }
}

const openParquet: OpenMetadata = async (target, options) => {
  const name = `${splitName(options)}/metadata.parquet`
  const output = await openParquetOutput(target, name, {
    columns: tableColumns(options),
    rowsAGroup: ROWS_A_GROUP,
  })
  return {
    async add(columns) {
      const { row, isDamaged } = tableRow(columns)
      await output.add(row)
      return isDamaged
    },
    close: () => output.close(),
  }
}

export const imagefolderWriter: FormatWriter = {
  id: 'imagefolder',
  label: 'Hugging Face imagefolder',
  group: 'data-set',
  summary: 'train/ with metadata.jsonl',
  description: 'Pictures in train/ with metadata.jsonl beside them.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  namesSplits: true,
  write: (request) => writeImagefolder(request, openJsonl),
}

export const imagefolderCsvWriter: FormatWriter = {
  id: 'imagefolder-csv',
  label: 'Hugging Face imagefolder (CSV)',
  group: 'data-set',
  summary: 'train/ with metadata.csv',
  description: 'Pictures in train/ with metadata.csv beside them.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  namesSplits: true,
  write: (request) => writeImagefolder(request, openCsv),
}

export const imagefolderParquetWriter: FormatWriter = {
  id: 'imagefolder-parquet',
  label: 'Hugging Face imagefolder (Parquet)',
  group: 'data-set',
  summary: 'train/ with metadata.parquet',
  description: 'Pictures in train/ with metadata.parquet beside them.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
  namesSplits: true,
  write: (request) => writeImagefolder(request, openParquet),
}

async function writeImagefolder(request: WriteRequest, open: OpenMetadata): Promise<void> {
  const nameFile = createExportNames()
  // The loaders know a split by the folder's name.
  const split = splitName(request.options)
  const extensions = new Set<string>()
  let damaged = 0
  const metadata = await open(request.target, request.options)
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const name = nameFile(row.image)
    if (
      request.options.images !== 'none' &&
      !(await placeImage(request, row, `${split}/${name}`))
    ) {
      reportMissing(request, row)
      continue
    }
    const columns = exportColumns(row, name)
    extensions.add(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
    if (await metadata.add(columns)) damaged += 1
    request.onRow('done')
  }
  await metadata.close()
  if (damaged > 0) request.onWarning(damagedWarning(damaged))
  warnOfKinds(request, extensions)
  if (request.options.images === 'none') {
    request.onWarning(
      `No pictures were written. Put them into ${split}/ under the names in file_name.`,
    )
  }
}
