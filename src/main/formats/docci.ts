import { dirname, join } from 'node:path'
import type { ColumnMap } from '../../shared/domain/column-roles.ts'
import { createExportNames } from './export-names.ts'
import type { FormatReader, FormatWriter, WriteRequest } from './format.ts'
import { openJsonl } from './jsonl.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'
import { kindOfPath, readHead } from './source-file.ts'
import { createTableReader } from './table-source.ts'

const FOLDER = 'images'
const KNOWN_COLUMNS = [
  ['image_file', 'image'],
  ['description', 'caption'],
  ['alt', 'alt'],
  ['example_id', 'id'],
  ['split', 'tags'],
] as const

export const docciReader: FormatReader = createTableReader({
  id: 'docci',
  label: 'DOCCI descriptions',
  description: 'docci_descriptions.jsonlines, with its pictures in images/ beside it.',
  sniff: async (path) => {
    if ((await kindOfPath(path)) !== 'file') return 0
    const [line = ''] = (await readHead(path)).split('\n', 1)
    return ['example_id', 'image_file', 'description'].every((name) => line.includes(`"${name}"`))
      ? 0.95
      : 0
  },
  async open(path, signal) {
    const table = await openJsonl(path, signal)
    const roles: ColumnMap = Object.fromEntries(
      KNOWN_COLUMNS.filter(([name]) => table.columns.includes(name)),
    )
    return { ...table, roles, base: join(dirname(path), FOLDER) }
  },
})

export const docciWriter: FormatWriter = {
  id: 'docci',
  label: 'DOCCI descriptions',
  group: 'data-set',
  summary: 'One long text an image',
  description: 'docci_descriptions.jsonlines with one description an image, pictures in images/.',
  hasImages: true,
  holdsSeveral: false,
  isSharded: false,
  write: writeDocci,
}

async function writeDocci(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const lines = await openLines(request.target, 'docci_descriptions.jsonlines')
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    if (row.textKind === 'none') {
      request.onRow('skipped')
      continue
    }
    const name = nameFile(row.image)
    if (
      request.options.images !== 'none' &&
      !(await placeImage(request, row, `${FOLDER}/${name}`))
    ) {
      reportMissing(request, row)
      continue
    }
    const line = {
      ...{ example_id: row.image.uid, split: 'train', image_file: name, description: row.text },
      alt: row.image.alts.map(({ text }) => text),
    }
    await lines.write(`${JSON.stringify(line)}\n`)
    request.onRow('done')
  }
  await lines.close()
}
