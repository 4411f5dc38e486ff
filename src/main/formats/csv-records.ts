import type { Parser } from 'csv-parse'
import { parse } from 'csv-parse'
import { DAMAGE_MARK } from './text-encoding.ts'

export interface CsvDialect {
  readonly delimiter: string
  /** False for tables that separate by tabs and quote nothing, where a quotation mark is a letter like any other. */
  readonly isQuoted: boolean
  readonly recordDelimiters: readonly string[]
}

/** Cells of one record, or a record that has no end; `line` is where it starts, from 1. */
export type CsvRecord =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'broken'; readonly line: number; readonly message: string }

// A record of this size is no row of texts, but the rest of the file behind a quotation mark that is never closed.
const MAX_RECORD_BYTES = 4 * 1024 * 1024
const UNCLOSED_QUOTE =
  'A quotation mark in this line is never closed. Close it, or write it twice if it is part of the text.'
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** A csv-parse parser that is fed by hand and hands over its records piece by piece. */
interface Feeder {
  /** Records that are complete after these bytes, with the number of bytes up to their end. */
  write(bytes: Buffer): Promise<readonly FedRecord[]>
  end(): Promise<readonly FedRecord[]>
  readonly hasFailed: boolean
}

interface FedRecord {
  readonly cells: readonly string[]
  readonly endBytes: number
}

/**
 * Streams the records of a delimited text. Quotation marks in the wrong place are kept as text. One that is
 * never closed costs its own line only: the line is reported and reading goes on behind it.
 */
export async function* readCsvRecords(
  chunks: AsyncIterable<string>,
  dialect: CsvDialect,
): AsyncGenerator<readonly CsvRecord[]> {
  const lineEnd = dialect.recordDelimiters.includes('\n') ? LINE_FEED : CARRIAGE_RETURN
  let feeder = createFeeder(dialect)
  // Bytes behind the last complete record, kept because reading starts again among them after a failure.
  let open: Buffer = Buffer.alloc(0)
  let openStart = 0
  let linesDone = 0
  let isLineOpen = false

  /** Numbers records by the bytes they take, because csv-parse counts a CR LF in a quoted cell twice. */
  function settle(fed: readonly FedRecord[]): readonly CsvRecord[] {
    let taken = 0
    const records = fed.map(({ cells, endBytes }): CsvRecord => {
      const bytes = open.subarray(taken, endBytes - openStart)
      taken = endBytes - openStart
      const line = linesDone + countBlank(bytes, lineEnd) + 1
      linesDone += countBytes(bytes, lineEnd)
      return { kind: 'cells', line, cells }
    })
    open = open.subarray(taken)
    openStart += taken
    return records
  }

  /** Reads fresh bytes, and again behind every broken line; answers whether a broken line has no end yet. */
  async function* read(
    fresh: Buffer,
    isEnd: boolean,
  ): AsyncGenerator<readonly CsvRecord[], boolean> {
    let rest: Buffer | null = fresh
    for (;;) {
      yield settle(await feeder.write(rest ?? Buffer.alloc(0)))
      if (isEnd) yield settle(await feeder.end())
      if (!feeder.hasFailed) return rest === null
      const blank = countBlank(open, lineEnd)
      yield [{ kind: 'broken', line: linesDone + blank + 1, message: UNCLOSED_QUOTE }]
      linesDone += blank + 1
      rest = behindFirstLine(open, lineEnd)
      open = rest ?? Buffer.alloc(0)
      openStart = 0
      feeder = createFeeder(dialect)
    }
  }

  for await (const chunk of wholeCharacters(chunks)) {
    const whole = Buffer.from(chunk)
    const end = isLineOpen ? whole.indexOf(lineEnd) : -1
    if (isLineOpen && end === -1) continue
    const bytes = whole.subarray(end + 1)
    open = open.length === 0 ? bytes : Buffer.concat([open, bytes])
    isLineOpen = yield* read(bytes, false)
  }
  yield* read(Buffer.alloc(0), true)
}

function createFeeder(dialect: CsvDialect): Feeder {
  let records: FedRecord[] = []
  let hasFailed = false
  const parser = parse({
    delimiter: dialect.delimiter,
    quote: dialect.isQuoted ? '"' : null,
    escape: dialect.isQuoted ? '"' : null,
    record_delimiter: [...dialect.recordDelimiters],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD_BYTES,
    on_skip: () => {
      hasFailed = true
    },
    // Records are taken here and not from the stream, so that one write gives its records in one piece.
    on_record: (cells: readonly string[], { bytes }) => {
      if (!hasFailed) records.push({ cells, endBytes: bytes })
      return null
    },
  })
  const drain = (): readonly FedRecord[] => {
    const drained = records
    records = []
    return drained
  }
  return {
    write: async (bytes) => {
      if (!hasFailed) await feed(parser, bytes)
      return drain()
    },
    end: async () => {
      if (!hasFailed) await finish(parser)
      return drain()
    },
    get hasFailed() {
      return hasFailed
    },
  }
}

function feed(parser: Parser, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(bytes, (error) => {
      if (error == null) resolve()
      else reject(error)
    })
  })
}

function finish(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject)
    parser.once('end', resolve)
    parser.end()
    // Nothing comes out of the readable side, but it has to be read for the stream to end.
    parser.resume()
  })
}

/** Keeps surrogate pairs together and marks halves without a partner, because csv-parse works on UTF-8. */
async function* wholeCharacters(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let carried = ''
  for await (const chunk of chunks) {
    const text = carried + chunk
    const isCut = /[\ud800-\udbff]$/.test(text.slice(-1))
    carried = isCut ? text.slice(-1) : ''
    yield markLoneSurrogates(isCut ? text.slice(0, -1) : text)
  }
  if (carried !== '') yield markLoneSurrogates(carried)
}

function markLoneSurrogates(text: string): string {
  return text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, DAMAGE_MARK)
}

function countBytes(bytes: Buffer, byte: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count += 1
  return count
}

/** Number of blank lines at the start. */
function countBlank(bytes: Buffer, lineEnd: number): number {
  return countBytes(bytes.subarray(0, blankLength(bytes)), lineEnd)
}

function blankLength(bytes: Buffer): number {
  let length = 0
  while (bytes[length] === LINE_FEED || bytes[length] === CARRIAGE_RETURN) length += 1
  return length
}

/** What follows the first line that is not blank; null where that line has no end yet. */
function behindFirstLine(bytes: Buffer, lineEnd: number): Buffer | null {
  const end = bytes.indexOf(lineEnd, blankLength(bytes))
  return end === -1 ? null : bytes.subarray(end + 1)
}
