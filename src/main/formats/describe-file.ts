import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { hasExtension } from './source-file.ts'
import { walkTar } from './tar-archive.ts'

const MAX_TEXT_BYTES = 4_000

/** What is in an archive or table that was written, as text that people can read. */
export async function describeFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (hasExtension(name, ['tar'])) return describeTar(bytes)
  if (hasExtension(name, ['parquet'])) return describeParquet(bytes)
  return sizeText(bytes.length)
}

async function describeTar(bytes: Uint8Array): Promise<string> {
  const lines: string[] = []
  const source = {
    byteLength: bytes.length,
    read: (at: number, count: number) => Promise.resolve(bytes.subarray(at, at + count)),
  }
  for await (const event of walkTar(source, AbortSignal.timeout(5_000))) {
    if (event.kind !== 'member') continue
    const content = bytes.subarray(event.offset, event.offset + event.sizeBytes)
    const isText = hasExtension(event.name, ['txt', 'json'])
    const text = isText ? Buffer.from(content.subarray(0, MAX_TEXT_BYTES)).toString('utf8') : ''
    lines.push(`${event.name}  ${isText ? text : sizeText(event.sizeBytes)}`)
  }
  return lines.join('\n')
}

async function describeParquet(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  const { schema } = parquetMetadata(file)
  const columns = schema.slice(1).map(({ name }) => name)
  const rows = await parquetReadObjects({ file, compressors, utf8: false })
  const lines = rows.map((row) => JSON.stringify(row, (_, value: unknown) => shorten(value)))
  return [`Columns: ${columns.join(', ')}`, ...lines].join('\n')
}

function shorten(value: unknown): unknown {
  if (value instanceof Uint8Array) return sizeText(value.length)
  return typeof value === 'bigint' ? Number(value) : value
}

function sizeText(bytes: number): string {
  return `${bytes.toLocaleString('en-US')} bytes`
}
