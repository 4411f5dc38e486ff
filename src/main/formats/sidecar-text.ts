import { damagedWarning } from './delimited-writer.ts'
import { createExportNames } from './export-names.ts'
import type { ExportRow, FormatWriter, WriteRequest } from './format.ts'
import { placeImage, reportMissing } from './place-image.ts'

interface Tally {
  folded: number
  empty: number
  damaged: number
}

/** Writes what `folder` reads: each picture with a text file of the same stem beside it. */
export const sidecarTextWriter: FormatWriter = {
  id: 'txt',
  label: 'Images with .txt files',
  description:
    'Each picture with its text in a file of the same name, in one folder, as trainers read it.',
  hasImages: true,
  async write(request) {
    const nameFile = createExportNames()
    const tally: Tally = { folded: 0, empty: 0, damaged: 0 }
    for await (const row of request.rows) {
      request.signal.throwIfAborted()
      await writeRow(request, row, nameFile, tally)
    }
    for (const message of warningsOf(tally)) request.onWarning(message)
  },
}

async function writeRow(
  request: WriteRequest,
  row: ExportRow,
  nameFile: ReturnType<typeof createExportNames>,
  tally: Tally,
): Promise<void> {
  if (row.text === '') {
    tally.empty += 1
    request.onRow('skipped')
    return
  }
  const name = nameFile(row.image)
  if (request.options.images !== 'none' && !(await placeImage(request, row, name))) {
    reportMissing(request, row)
    return
  }
  const text = row.text.replace(/\r\n|[\r\n]/g, ' ')
  if (text !== row.text) tally.folded += 1
  if (!text.isWellFormed()) tally.damaged += 1
  const dot = name.lastIndexOf('.')
  const file = await request.target.openText(`${dot > 0 ? name.slice(0, dot) : name}.txt`)
  // No line feed at the end: the file is the text, byte for byte.
  await file.write(text.toWellFormed())
  await file.close()
  request.onRow('done')
}

function* warningsOf(tally: Tally): Generator<string> {
  if (tally.empty > 0) yield `${tally.empty} images have no text to write and were left out.`
  if (tally.folded > 0) {
    yield `${tally.folded} texts had line ends, which became spaces, because trainers read the first line only.`
  }
  if (tally.damaged > 0) yield damagedWarning(tally.damaged)
}
