import type { ExportTarget } from './format.ts'

const BLOCK = 512
const MAX_NAME_BYTES = 100
/** Members are gathered up to here, because a write costs more than the bytes of a small one. */
const GATHERED_BYTES = 1024 * 1024

/** A tar archive that is written member by member, the same bytes for the same members. */
export interface TarWriter {
  add(name: string, content: Uint8Array): Promise<void>
  /** Bytes so far. */
  readonly sizeBytes: number
  close(): Promise<void>
}

const ZEROS = Buffer.alloc(2 * BLOCK)
/** What the headers of all members have in common. */
const TEMPLATE = makeTemplate()

/** Writes plain USTAR: read-only files, nobody's, from 1970, so that nothing of this machine is in them. */
export async function openTar(target: ExportTarget, name: string): Promise<TarWriter> {
  const file = await target.openBytes(name)
  let sizeBytes = 0
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  const flush = (): Promise<void> => {
    const bytes = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    return file.write(bytes)
  }
  const write = async (parts: readonly Uint8Array[]): Promise<void> => {
    for (const part of parts) {
      waiting.push(part)
      waitingBytes += part.length
      sizeBytes += part.length
    }
    if (waitingBytes >= GATHERED_BYTES) await flush()
  }
  return {
    async add(member, content) {
      const padding = (BLOCK - (content.length % BLOCK)) % BLOCK
      await write([encodeHeader(member, content.length), content, ZEROS.subarray(0, padding)])
    },
    get sizeBytes() {
      return sizeBytes
    },
    async close() {
      await write([ZEROS])
      if (waitingBytes > 0) await flush()
      await file.close()
    },
  }
}

function encodeHeader(name: string, sizeBytes: number): Buffer {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new Error(`The name ${name} is too long for the archive.`)
  }
  const header = Buffer.from(TEMPLATE)
  header.write(name, 0, 'utf8')
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  let sum = 0
  for (const byte of header) sum += byte
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

function makeTemplate(): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write('0000444\0', 100, 'latin1')
  header.write('0000000\0', 108, 'latin1')
  header.write('0000000\0', 116, 'latin1')
  header.write('00000000000\0', 136, 'latin1')
  header.write('        0', 148, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  header.write('0000000\0', 329, 'latin1')
  header.write('0000000\0', 337, 'latin1')
  return header
}
