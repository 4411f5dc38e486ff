import { damagedWarning } from './delimited-writer.ts'
import { createExportNames } from './export-names.ts'
import { exportColumns } from './export-columns.ts'
import { tableColumns, tableRow } from './export-table.ts'
import type { FormatWriter, WriteRequest } from './format.ts'
import { openParquetOutput, type OutputColumn, type ParquetOutput } from './parquet-writer.ts'
import { bare, withPictures } from './picture-bytes.ts'
import { reportMissing } from './place-image.ts'
import { splitName } from './split-name.ts'

const ROWS_A_GROUP = 100
/** Habit: loaders take files of a few hundred megabytes. */
const MAX_FILE_BYTES = 400 * 1024 * 1024

/** Read by `parquetReader`, like every table. */
export const huggingfaceParquetWriter: FormatWriter = {
  id: 'hf-parquet',
  label: 'Hugging Face Parquet with pictures',
  group: 'data-set',
  summary: 'Pictures inside of Parquet',
  description:
    'data/train-00000-of-….parquet with the pictures inside, as load_dataset and the data viewer take it.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: true,
  namesSplits: true,
  write: writeParquet,
}

async function writeParquet(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const columns: readonly OutputColumn[] = [
    { name: 'image', kind: 'picture' },
    ...tableColumns(request.options),
  ]
  const maxRows = request.options.shardImages ?? Number.POSITIVE_INFINITY
  const split = splitName(request.options)
  let rows = 0
  let output: ParquetOutput | null = null
  let files = 0
  let damaged = 0
  const hasPictures = request.options.images !== 'none'
  for await (const { row, picture } of hasPictures ? withPictures(request) : bare(request.rows)) {
    request.signal.throwIfAborted()
    if (hasPictures && picture === null) {
      reportMissing(request, row)
      continue
    }
    if (output !== null && (output.sizeBytes >= MAX_FILE_BYTES || rows >= maxRows)) {
      await output.close()
      output = null
    }
    if (output === null) {
      output = await openParquetOutput(request.target, unnumbered(split, files), {
        columns,
        rowsAGroup: ROWS_A_GROUP,
        metadata: [{ key: 'huggingface', value: describeFeatures(columns) }],
      })
      files += 1
      rows = 0
    }
    const path = nameFile(row.image)
    const table = tableRow(exportColumns(row, path))
    if (table.isDamaged) damaged += 1
    await output.add({ ...table.row, image: { bytes: picture, path } })
    rows += 1
    request.onRow('done')
  }
  await output?.close()
  // How many files there are is known only now, and their names tell it.
  for (let index = 0; index < files; index += 1) {
    await request.target.rename(
      unnumbered(split, index),
      `data/${split}-${padded(index)}-of-${padded(files)}.parquet`,
    )
  }
  if (damaged > 0) request.onWarning(damagedWarning(damaged))
  if (request.options.images === 'none') {
    request.onWarning('No pictures were written: the column "image" has names alone.')
  }
}

function unnumbered(split: string, index: number): string {
  return `data/${split}-${padded(index)}.parquet`
}

function padded(index: number): string {
  return String(index).padStart(5, '0')
}

/** Types as the Python library spells them. `Sequence` is what older and newer versions of it read. */
function describeFeatures(columns: readonly OutputColumn[]): string {
  const features = Object.fromEntries(columns.map(({ name, kind }) => [name, toFeature(kind)]))
  return JSON.stringify({ info: { features } })
}

function toFeature(kind: OutputColumn['kind']): object {
  switch (kind) {
    case 'picture':
      return { _type: 'Image' }
    case 'texts':
      return { feature: { dtype: 'string', _type: 'Value' }, _type: 'Sequence' }
    case 'int':
      return { dtype: 'int32', _type: 'Value' }
    case 'double':
      return { dtype: 'float64', _type: 'Value' }
    case 'bytes':
      return { dtype: 'binary', _type: 'Value' }
    case 'text':
      return { dtype: 'string', _type: 'Value' }
  }
}
