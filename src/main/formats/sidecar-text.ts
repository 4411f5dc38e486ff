import { damagedWarning } from './delimited-writer.ts'
import { createExportNames } from './export-names.ts'
import type { ExportRow, ExportText, FormatWriter, WriteRequest } from './format.ts'
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
  group: 'training',
  summary: 'A text file beside each picture',
  description:
    'Each picture with its text in a file of the same name, in one folder, as trainers read it.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: false,
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
  const lines = row.texts === null ? [oneLine(row.text, tally)] : variantLines(row.texts, tally)
  const text = lines.join('\n')
  if (!text.isWellFormed()) tally.damaged += 1
  const dot = name.lastIndexOf('.')
  const file = await request.target.openText(`${dot > 0 ? name.slice(0, dot) : name}.txt`)
  // No line feed at the end: the file is the text, byte for byte.
  await file.write(text.toWellFormed())
  await file.close()
  request.onRow('done')
}

function oneLine(text: string, tally: { folded: number }): string {
  const line = text.replace(/\r\n|[\r\n]/g, ' ')
  if (line !== text) tally.folded += 1
  return line
}

/**
 * One line a text, of which sd-scripts draws one when `enable_wildcard` is on; braces then mean a choice too, and doubled
 * ones are braces.
 */
export function variantLines(
  texts: readonly ExportText[],
  tally: { folded: number },
): readonly string[] {
  return texts.map(({ text }) => oneLine(text, tally).replace(/[{}]/g, '$&$&'))
}

function* warningsOf(tally: Tally): Generator<string> {
  if (tally.empty > 0) yield `${tally.empty} images have no text to write and were left out.`
  if (tally.folded > 0) {
    yield `${tally.folded} texts had line ends, which became spaces, because trainers read the first line only.`
  }
  if (tally.damaged > 0) yield damagedWarning(tally.damaged)
}
