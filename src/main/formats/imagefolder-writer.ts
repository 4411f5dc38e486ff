import { encodeCsv } from './csv.ts'
import { damagedWarning } from './delimited-writer.ts'
import type { ExportColumns } from './export-columns.ts'
import { CSV_HEADER, exportCells, exportColumns } from './export-columns.ts'
import { createExportNames } from './export-names.ts'
import type { FormatWriter, WriteRequest } from './format.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'

/** How a kind of metadata file spells its head and its rows; `isExact` where it can hold any text. */
interface MetadataForm {
  readonly name: string
  readonly head: string
  readonly isExact: boolean
  encode(columns: ExportColumns): string
}

// All images go to one split; the loaders know it by the folder's name.
const SPLIT = 'train'
// `file_name` and `text` first: these are the ones that people look for.
const HEADER = [
  'file_name',
  'text',
  ...CSV_HEADER.filter((name) => name !== 'file_name' && name !== 'text'),
] as const

const JSONL_FORM: MetadataForm = {
  name: 'metadata.jsonl',
  head: '',
  isExact: true,
  encode: ({ file_name, text, ...rest }) => `${JSON.stringify({ file_name, text, ...rest })}\n`,
}

const CSV_FORM: MetadataForm = {
  name: 'metadata.csv',
  head: encodeCsv([HEADER], false),
  isExact: false,
  encode: (columns) => {
    const cells = exportCells(columns)
    return encodeCsv([HEADER.map((name) => cells[name].toWellFormed())], false)
  },
}

export const imagefolderWriter: FormatWriter = {
  id: 'imagefolder',
  label: 'Hugging Face imagefolder',
  description: 'Pictures in train/ with metadata.jsonl beside them.',
  hasImages: true,
  write: (request) => writeImagefolder(request, JSONL_FORM),
}

export const imagefolderCsvWriter: FormatWriter = {
  id: 'imagefolder-csv',
  label: 'Hugging Face imagefolder (CSV)',
  description: 'Pictures in train/ with metadata.csv beside them.',
  hasImages: true,
  write: (request) => writeImagefolder(request, CSV_FORM),
}

async function writeImagefolder(request: WriteRequest, form: MetadataForm): Promise<void> {
  const nameFile = createExportNames()
  const extensions = new Set<string>()
  let damaged = 0
  const lines = await openLines(request.target, `${SPLIT}/${form.name}`)
  if (form.head !== '') await lines.write(form.head)
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const name = nameFile(row.image)
    if (
      request.options.images !== 'none' &&
      !(await placeImage(request, row, `${SPLIT}/${name}`))
    ) {
      reportMissing(request, row)
      continue
    }
    const columns = exportColumns(row, name)
    extensions.add(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
    if (!form.isExact && ![...columns.alt, columns.text ?? ''].every((text) => text.isWellFormed()))
      damaged += 1
    await lines.write(form.encode(columns))
    request.onRow('done')
  }
  await lines.close()
  if (damaged > 0) request.onWarning(damagedWarning(damaged))
  if (extensions.size > 1) {
    request.onWarning(
      `The pictures are of several kinds (${[...extensions].sort().join(', ')}). Some loaders want one kind for a whole data set.`,
    )
  }
  if (request.options.images === 'none') {
    request.onWarning(
      `No pictures were written. Put them beside ${SPLIT}/${form.name} under the names in file_name.`,
    )
  }
}
