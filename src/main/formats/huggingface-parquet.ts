import { damagedWarning } from './delimited-writer.ts'
import { createExportNames } from './export-names.ts'
import { exportColumns } from './export-columns.ts'
import { TABLE_COLUMNS, tableRow } from './export-table.ts'
import type { FormatWriter, WriteRequest } from './format.ts'
import { openParquetOutput, type OutputColumn, type ParquetOutput } from './parquet-writer.ts'
import { readPictureOf } from './picture-bytes.ts'
import { reportMissing } from './place-image.ts'

const ROWS_A_GROUP = 100
/** Habit: loaders take files of a few hundred megabytes. */
const MAX_FILE_BYTES = 400 * 1024 * 1024
const COLUMNS: readonly OutputColumn[] = [{ name: 'image', kind: 'picture' }, ...TABLE_COLUMNS]

/** Read by `parquetReader`, like every table. */
export const huggingfaceParquetWriter: FormatWriter = {
  id: 'hf-parquet',
  label: 'Hugging Face Parquet with pictures',
  description:
    'data/train-00000-of-….parquet with the pictures inside, as load_dataset and the data viewer take it.',
  hasImages: true,
  write: writeParquet,
}

async function writeParquet(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  let output: ParquetOutput | null = null
  let files = 0
  let damaged = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const hasPictures = request.options.images !== 'none'
    const bytes = hasPictures ? await readPictureOf(request, row) : null
    if (hasPictures && bytes === null) {
      reportMissing(request, row)
      continue
    }
    if (output !== null && output.sizeBytes >= MAX_FILE_BYTES) {
      await output.close()
      output = null
    }
    if (output === null) {
      output = await openParquetOutput(request.target, unnumbered(files), {
        columns: COLUMNS,
        rowsAGroup: ROWS_A_GROUP,
        metadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features: FEATURES } }) }],
      })
      files += 1
    }
    const path = nameFile(row.image)
    const table = tableRow(exportColumns(row, path))
    if (table.isDamaged) damaged += 1
    await output.add({ ...table.row, image: { bytes, path } })
    request.onRow('done')
  }
  await output?.close()
  // How many files there are is known only now, and their names tell it.
  for (let index = 0; index < files; index += 1) {
    await request.target.rename(
      unnumbered(index),
      `data/train-${padded(index)}-of-${padded(files)}.parquet`,
    )
  }
  if (damaged > 0) request.onWarning(damagedWarning(damaged))
  if (request.options.images === 'none') {
    request.onWarning('No pictures were written: the column "image" has names alone.')
  }
}

function unnumbered(index: number): string {
  return `data/train-${padded(index)}.parquet`
}

function padded(index: number): string {
  return String(index).padStart(5, '0')
}

/** Types as the Python library spells them. `Sequence` is what older and newer versions of it read. */
const FEATURES: Readonly<Record<string, object>> = Object.fromEntries(
  COLUMNS.map(({ name, kind }) => [name, toFeature(kind)]),
)

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
