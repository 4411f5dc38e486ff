import { open } from 'node:fs/promises'
import { readStretch } from '../base/file-slices.ts'

/** What a walk through an archive meets. Offsets and sizes are of the member's content, in bytes. */
export type TarEvent =
  | {
      readonly kind: 'member'
      readonly name: string
      readonly offset: number
      readonly sizeBytes: number
    }
  /** A member that is not used, with the reason. */
  | { readonly kind: 'refused'; readonly name: string; readonly reason: TarRefusal }
  /** The archive cannot be read on from here. What came before stands. */
  | { readonly kind: 'broken'; readonly name: string | null; readonly offset: number }

export type TarRefusal = 'outside' | 'link' | 'device' | 'unknown' | 'name'

/** Bytes that can be asked for by stretches; fewer come back where they end. */
export interface TarBytes {
  readonly byteLength: number
  read(position: number, sizeBytes: number): Promise<Uint8Array>
}

interface Header {
  readonly name: string
  readonly sizeBytes: number
  readonly type: string
}

const BLOCK = 512
/** Read ahead: most members between two headers are smaller, and then cost no further look at the disk. */
const WINDOW_BYTES = 64 * 1024
const MAX_NAME_BYTES = 64 * 1024

/**
 * Walks the headers of an archive (USTAR, GNU and PAX names) without reading what lies between. Directories are
 * passed over; links, devices and names that lead out are refused one by one. Nothing is ever unpacked.
 */
export async function* walkTar(bytes: TarBytes, signal: AbortSignal): AsyncGenerator<TarEvent> {
  const read = createWindow(bytes)
  let position = 0
  let longName: string | null = null
  let zeroBlocks = 0
  while (position < bytes.byteLength && zeroBlocks < 2) {
    signal.throwIfAborted()
    const block = await read(position, BLOCK)
    if (block.length === BLOCK && block.every((byte) => byte === 0)) {
      zeroBlocks += 1
      position += BLOCK
      continue
    }
    zeroBlocks = 0
    const header = block.length < BLOCK ? null : decodeHeader(block)
    if (header === null) {
      yield { kind: 'broken', name: null, offset: position }
      return
    }
    const offset = position + BLOCK
    const name = longName ?? header.name
    if (offset + header.sizeBytes > bytes.byteLength) {
      yield { kind: 'broken', name, offset: position }
      return
    }
    position = offset + Math.ceil(header.sizeBytes / BLOCK) * BLOCK
    if (isNameHeader(header)) {
      const size = Math.min(header.sizeBytes, MAX_NAME_BYTES)
      longName = readLongName(header.type, await read(offset, size)) ?? longName
      continue
    }
    longName = null
    const event = toEvent(name, header, offset)
    if (event !== null) yield event
  }
}

/** Opens a file for `walkTar` and for reading members; the caller closes it. */
export async function openTarFile(
  path: string,
): Promise<TarBytes & { close(): Promise<void>; readonly isCompressed: boolean }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const magic = await readStretch(file, 0, 2)
    return {
      byteLength: size,
      isCompressed: magic[0] === 0x1f && magic[1] === 0x8b,
      read: (position, sizeBytes) => readStretch(file, position, sizeBytes),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

function createWindow(bytes: TarBytes): TarBytes['read'] {
  let start = 0
  let window: Uint8Array = new Uint8Array()
  return async (position, sizeBytes) => {
    const isInside = position >= start && position + sizeBytes <= start + window.length
    if (!isInside) {
      window = await bytes.read(position, Math.max(sizeBytes, WINDOW_BYTES))
      start = position
    }
    return window.subarray(position - start, position - start + sizeBytes)
  }
}

/** Global headers (`g`) hold no names that are of use here, but are passed over like those that do. */
function isNameHeader({ type }: Header): boolean {
  return ['L', 'K', 'x', 'g'].includes(type)
}

function readLongName(type: string, content: Uint8Array): string | null {
  if (type === 'L') return textOf(content)
  return type === 'x' ? findPaxPath(Buffer.from(content)) : null
}

/** PAX records read `<length> <key>=<value>\n`, the length in bytes and with all of it. */
function findPaxPath(content: Buffer): string | null {
  let found: string | null = null
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at)
    const length = space === -1 ? Number.NaN : Number(content.toString('latin1', at, space))
    if (!Number.isInteger(length) || length <= space - at + 1) return found
    const record = content.toString('utf8', space + 1, at + length - 1)
    if (record.startsWith('path=')) found = record.slice('path='.length)
    at += length
  }
  return found
}

function toEvent(name: string, header: Header, offset: number): TarEvent | null {
  const isFile = ['0', '\0', '7'].includes(header.type) && !name.endsWith('/')
  if (!isFile) {
    const reason = refusalOf(header.type)
    return reason === null ? null : { kind: 'refused', name, reason }
  }
  if (name === '' || name.includes('\0') || name.includes('\ufffd')) {
    return { kind: 'refused', name, reason: 'name' }
  }
  const plain = name.replace(/^(?:\.\/+)+/, '')
  if (/^\/|^[A-Za-z]:|\\/.test(plain) || plain.split('/').includes('..')) {
    return { kind: 'refused', name, reason: 'outside' }
  }
  return { kind: 'member', name: plain, offset, sizeBytes: header.sizeBytes }
}

function refusalOf(type: string): TarRefusal | null {
  switch (type) {
    case '0':
    case '\0':
    case '5':
      return null
    case '1':
    case '2':
      return 'link'
    case '3':
    case '4':
    case '6':
      return 'device'
    default:
      return 'unknown'
  }
}

/** Null for a block that is no header: its checksum or its numbers are wrong. */
function decodeHeader(block: Uint8Array): Header | null {
  const stated = octal(block.subarray(148, 156))
  let sum = 8 * 0x20
  for (const [index, byte] of block.entries()) if (index < 148 || index >= 156) sum += byte
  const sizeBytes = numberOf(block.subarray(124, 136))
  if (stated !== sum || sizeBytes === null) return null
  const magic = Buffer.from(block.subarray(257, 263)).toString('latin1')
  const prefix = magic === 'ustar\0' ? textOf(block.subarray(345, 500)) : ''
  const name = textOf(block.subarray(0, 100))
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    // Links and devices state sizes that no content follows; so do directories of some writers.
    sizeBytes: '123456'.includes(String.fromCharCode(block[156] ?? 0)) ? 0 : sizeBytes,
    type: String.fromCharCode(block[156] ?? 0),
  }
}

/** Octal digits, or for large files GNU's base 256, marked by the first bit. */
function numberOf(field: Uint8Array): number | null {
  if (((field[0] ?? 0) & 0x80) === 0) return octal(field)
  let value = (field[0] ?? 0) & 0x7f
  for (const byte of field.subarray(1)) value = value * 256 + byte
  return Number.isSafeInteger(value) ? value : null
}

function octal(field: Uint8Array): number | null {
  const digits = /^[\0 ]*([0-7]*)[\0 ]/.exec(`${Buffer.from(field).toString('latin1')}\0`)?.[1]
  return digits === undefined ? null : digits === '' ? 0 : Number.parseInt(digits, 8)
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0)
  return Buffer.from(end === -1 ? field : field.subarray(0, end)).toString('utf8')
}
