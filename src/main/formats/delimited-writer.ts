import { csvHeader, exportCells, exportColumns, nameInSource } from './export-columns.ts'
import type { WriteRequest } from './format.ts'
import { openLines } from './line-writer.ts'

/** Rows turned to text together, because the CSV library costs less by the hundred. */
const BATCH_ROWS = 200
const BYTE_ORDER_MARK = '\ufeff'

/** Streams all rows as a delimited table; `encode` gives the text of some records, line ends included. */
export async function writeDelimited(
  request: WriteRequest,
  options: {
    readonly name: string
    readonly encode: (records: readonly (readonly string[])[]) => string
  },
): Promise<void> {
  const lines = await openLines(request.target, options.name)
  if (request.options.byteOrderMark === true) await lines.write(BYTE_ORDER_MARK)
  const header = csvHeader(request.options)
  let records: (readonly string[])[] = [header]
  let damaged = 0
  const flush = async (): Promise<void> => {
    await lines.write(options.encode(records))
    records = []
  }
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const cells = exportCells(exportColumns(row, nameInSource(row.image)))
    const record = header.map((name) => cells[name])
    if (!record.every((cell) => cell.isWellFormed())) damaged += 1
    records.push(record.map((cell) => cell.toWellFormed()))
    if (records.length >= BATCH_ROWS) await flush()
    request.onRow('done')
  }
  if (records.length > 0) await flush()
  await lines.close()
  if (damaged > 0) request.onWarning(damagedWarning(damaged))
}

/** Half of a surrogate pair cannot be written in UTF-8; JSON can spell it, plain text cannot. */
export function damagedWarning(count: number): string {
  return `${count} images have a text with half a character, which UTF-8 cannot hold; it was written as U+FFFD. The JSONL and exchange forms keep it.`
}
