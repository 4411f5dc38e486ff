import type { ExportTarget } from './format.ts'

const BLOCK = 512
const MAX_NAME_BYTES = 100

/** A tar archive that is written member by member, the same bytes for the same members. */
export interface TarWriter {
  add(name: string, content: Uint8Array): Promise<void>
  /** Bytes so far. */
  readonly sizeBytes: number
  close(): Promise<void>
}

/** Writes plain USTAR: read-only files, nobody's, from 1970, so that nothing of this machine is in them. */
export async function openTar(target: ExportTarget, name: string): Promise<TarWriter> {
  const file = await target.openBytes(name)
  let written = 0
  const write = async (bytes: Uint8Array): Promise<void> => {
    written += bytes.length
    await file.write(bytes)
  }
  return {
    async add(member, content) {
      const header = encodeHeader(member, content.length)
      const padding = (BLOCK - (content.length % BLOCK)) % BLOCK
      await write(Buffer.concat([header, content, Buffer.alloc(padding)]))
    },
    get sizeBytes() {
      return written
    },
    async close() {
      await write(Buffer.alloc(2 * BLOCK))
      await file.close()
    },
  }
}

function encodeHeader(name: string, sizeBytes: number): Buffer {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new Error(`The name ${name} is too long for the archive.`)
  }
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 'utf8')
  header.write('0000444\0', 100, 'latin1')
  header.write('0000000\0', 108, 'latin1')
  header.write('0000000\0', 116, 'latin1')
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0', 136, 'latin1')
  header.write('        0', 148, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  header.write('0000000\0', 329, 'latin1')
  header.write('0000000\0', 337, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
