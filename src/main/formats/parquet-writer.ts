import type { KeyValue, SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { ExportTarget } from './format.ts'

/** What a column holds; every kind may be null. */
export interface OutputColumn {
  readonly name: string
  readonly kind: 'text' | 'texts' | 'int' | 'double' | 'bytes' | 'picture'
}

type Cell = string | number | Uint8Array | readonly string[] | PictureValue | null

interface PictureValue {
  readonly bytes: Uint8Array | null
  readonly path: string | null
}

export type OutputRow = Readonly<Record<string, Cell>>

/** A Parquet file that is written row by row, a row group in memory at a time. */
export interface ParquetOutput {
  add(row: OutputRow): Promise<void>
  /** Bytes so far, without the rows that wait. */
  readonly sizeBytes: number
  close(): Promise<void>
}

/** Small groups let readers page through pictures. */
const GROUP_BYTES = 32 * 1024 * 1024
const CREATED_BY = 'Realign'

/** Opens a file with these columns. The same rows give the same bytes. */
export async function openParquetOutput(
  target: ExportTarget,
  name: string,
  options: {
    readonly columns: readonly OutputColumn[]
    readonly rowsAGroup: number
    readonly metadata?: readonly KeyValue[]
  },
): Promise<ParquetOutput> {
  const { columns, rowsAGroup } = options
  const file = await target.openBytes(name)
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: toSchema(columns),
    kvMetadata: [...(options.metadata ?? [])],
    createdBy: CREATED_BY,
  })
  let rows: OutputRow[] = []
  let waitingBytes = 0
  const drain = async (): Promise<void> => {
    // Copied, because the writer goes on in the same memory.
    const written = Buffer.from(bytes.getBytes())
    bytes.index = 0
    await file.write(written)
  }
  const flush = async (): Promise<void> => {
    const columnData = columns.map((column) => toColumnData(column, rows))
    await writer.write({ columnData, rowGroupSize: Math.max(1, rows.length) })
    rows = []
    waitingBytes = 0
    await drain()
  }
  return {
    async add(row) {
      rows.push(row)
      for (const cell of Object.values(row)) waitingBytes += sizeOf(cell)
      if (rows.length >= rowsAGroup || waitingBytes >= GROUP_BYTES) await flush()
    },
    get sizeBytes() {
      return bytes.offset
    },
    async close() {
      if (rows.length > 0) await flush()
      await writer.finish()
      await drain()
      await file.close()
    },
  }
}

function toColumnData({ name, kind }: OutputColumn, rows: readonly OutputRow[]) {
  const data = rows.map((row) => row[name] ?? null)
  const hasPictures = kind === 'bytes' || kind === 'picture'
  // Pictures are compressed already, and no two are alike.
  return hasPictures
    ? ({ name, data, codec: 'UNCOMPRESSED', encoding: 'PLAIN' } as const)
    : { name, data }
}

function sizeOf(cell: Cell): number {
  if (cell instanceof Uint8Array) return cell.length
  if (typeof cell === 'string') return cell.length
  return typeof cell === 'object' && cell !== null && 'bytes' in cell
    ? (cell.bytes?.length ?? 0)
    : 8
}

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const
const TEXT = {
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
  ...OPTIONAL,
} as const

function toSchema(columns: readonly OutputColumn[]): SchemaElement[] {
  return [{ name: 'schema', num_children: columns.length }, ...columns.flatMap(toElements)]
}

function toElements({ name, kind }: OutputColumn): SchemaElement[] {
  switch (kind) {
    case 'text':
      return [{ name, ...TEXT }]
    case 'int':
      return [{ name, type: 'INT32', ...OPTIONAL }]
    case 'double':
      return [{ name, type: 'DOUBLE', ...OPTIONAL }]
    case 'bytes':
      return [{ name, type: 'BYTE_ARRAY', ...OPTIONAL }]
    case 'texts':
      return [
        {
          ...{ name, num_children: 1, converted_type: 'LIST' },
          ...{ logical_type: { type: 'LIST' }, ...OPTIONAL },
        },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', ...TEXT },
      ]
    case 'picture':
      return [
        { name, num_children: 2, ...OPTIONAL },
        { name: 'bytes', type: 'BYTE_ARRAY', ...OPTIONAL },
        { name: 'path', ...TEXT },
      ]
  }
}
