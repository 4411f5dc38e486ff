import { isAscii, isUtf8 } from 'node:buffer'
import chardet from 'chardet'
import iconv from 'iconv-lite'
import { AppError } from '../../shared/errors.ts'
import { isBadPack, readFileBytes } from './gzip-file.ts'

/** How the bytes of a text are to be read. */
export interface TextEncoding {
  /** As people write it: `UTF-8`, `UTF-16LE`, `windows-1252`... */
  readonly name: string
  readonly bomLength: number
  /** True where nothing in the bytes says the encoding, so that a person should look at the result. */
  readonly isGuessed: boolean
}

interface ChunkDecoder {
  write(chunk: Buffer): string
  end(): string
}

const UTF8: TextEncoding = { name: 'UTF-8', bomLength: 0, isGuessed: false }
const BOMS = [
  { name: 'UTF-8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'UTF-16LE', bytes: [0xff, 0xfe] },
  { name: 'UTF-16BE', bytes: [0xfe, 0xff] },
] as const

// A table in plain ASCII for longer than this is taken for UTF-8; bytes that are not are then reported by row.
const SCAN_BYTES = 64 * 1024 * 1024
const WINDOW_BYTES = 1024 * 1024
// Below this chardet's answer is no better than chance, and most such texts are western European.
const MIN_CONFIDENCE = 15
const FALLBACK_ENCODING = 'windows-1252'

/**
 * Stands for bytes that are not valid in the encoding. Unicode keeps this character out of texts for good
 * (it is a noncharacter), so that a row that holds it is known to be damaged.
 */
export const DAMAGE_MARK = '\ufdd0'

/** Finds the encoding of bytes that are all there: by byte-order mark, as valid UTF-8, else by a guess. */
export function detectEncoding(bytes: Buffer): TextEncoding {
  const marked = findBom(bytes)
  if (marked !== null) return marked
  // Before UTF-8, where zeros are as valid as any byte.
  const bare = findBareUtf16(bytes)
  if (bare !== null) return bare
  if (isUtf8(bytes)) return UTF8
  return isMostlyUtf8(bytes) ? UTF8 : guess(bytes)
}

/** Finds the encoding of a file from a piece that leaves ASCII; reads 64 MiB at most. */
export async function detectFileEncoding(path: string): Promise<TextEncoding> {
  let position = 0
  for await (const chunk of windowsOf(readFileBytes(path))) {
    const marked = position === 0 ? findBom(chunk) : null
    if (marked !== null) return marked
    if (!isAscii(chunk) || chunk.includes(0)) return detectEncoding(wholeCharacters(chunk))
    position += chunk.length
    if (position >= SCAN_BYTES) break
  }
  return UTF8
}

/** Pieces of a megabyte, as a guess needs them, up to where a packed file is damaged. */
async function* windowsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of chunks) {
      parts.push(Buffer.from(chunk))
      length += chunk.length
      if (length < WINDOW_BYTES) continue
      yield Buffer.concat(parts)
      parts = []
      length = 0
    }
  } catch (error) {
    if (!isBadPack(error)) throw error
  }
  if (length > 0) yield Buffer.concat(parts)
}

/** Guesses one encoding for bytes known not to be UTF-8; the more bytes, the better the guess. */
export function guess(bytes: Buffer): TextEncoding {
  const best = chardet
    .analyse(bytes)
    .find(
      (match) =>
        match.name !== 'UTF-8' && match.name !== 'ASCII' && iconv.encodingExists(match.name),
    )
  const isUsable = best !== undefined && best.confidence >= MIN_CONFIDENCE
  // Windows-1252 holds every printable character of ISO-8859-1 at the same place, and is what people have.
  const name = !isUsable || best.name === 'ISO-8859-1' ? FALLBACK_ENCODING : best.name
  return { name, bomLength: 0, isGuessed: true }
}

export function decodeBytes(bytes: Buffer, encoding: TextEncoding): string {
  const decoder = createChunkDecoder(encoding)
  return decoder.write(bytes) + decoder.end()
}

/** Decodes a stream piece by piece; a character cut by a chunk border is kept for the next piece. */
function createChunkDecoder(encoding: TextEncoding): ChunkDecoder {
  if (encoding.name === 'UTF-8') return createUtf8Decoder(encoding.bomLength)
  const name: string = encoding.name
  if (!iconv.encodingExists(name)) {
    throw new AppError(
      'SOURCE_UNREADABLE',
      `Texts in ${encoding.name} cannot be read. Save the file as UTF-8.`,
    )
  }
  const decoder = iconv.getDecoder(name)
  return {
    write: (chunk) => decoder.write(chunk),
    end: () => decoder.end() ?? '',
  }
}

/** Streams the decoded text of a file. */
export async function* readTextChunks(options: {
  readonly path: string
  readonly encoding: TextEncoding
  readonly signal: AbortSignal
}): AsyncGenerator<string> {
  const decoder = createChunkDecoder(options.encoding)
  for await (const chunk of readFileBytes(options.path, options.signal)) yield decoder.write(chunk)
  yield decoder.end()
}

/** The sentence that tells a person how a text was read, or null where there was nothing to choose. */
export function describeEncoding(encoding: TextEncoding): string | null {
  if (encoding.isGuessed) {
    return `The text is not UTF-8. It was read as ${encoding.name}, which is a guess: look at the letters beyond a to z.`
  }
  return encoding.name === 'UTF-8' ? null : `The text was read as ${encoding.name}.`
}

function findBom(bytes: Buffer): TextEncoding | null {
  for (const bom of BOMS) {
    if (bom.bytes.every((byte, index) => bytes[index] === byte)) {
      return { name: bom.name, bomLength: bom.bytes.length, isGuessed: false }
    }
  }
  return null
}

/** UTF-16 without a mark shows as a zero in every other byte as long as the text is mostly ASCII. */
function findBareUtf16(bytes: Buffer): TextEncoding | null {
  const sample = bytes.subarray(0, 4096)
  if (!sample.includes(0)) return null
  let even = 0
  let odd = 0
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  const half = sample.length / 2
  if (odd > half * 0.4 && even < half * 0.1)
    return { name: 'UTF-16LE', bomLength: 0, isGuessed: true }
  if (even > half * 0.4 && odd < half * 0.1)
    return { name: 'UTF-16BE', bomLength: 0, isGuessed: true }
  return null
}

/**
 * Tells UTF-8 with a few broken bytes from another encoding: text of a one-byte or East Asian encoding hardly
 * ever forms valid UTF-8 sequences by chance, so the majority decides.
 */
function isMostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  let foreign = 0
  let broken = 0
  for (const character of text) {
    if (character < '\u0080') continue
    if (character === '\ufffd') broken += 1
    else foreign += 1
  }
  return foreign >= broken
}

/** Cuts off the last bytes where they are the start of a character whose rest lies beyond the window. */
function wholeCharacters(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - unfinishedLength(bytes))
}

function unfinishedLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return back < needed ? back : 0
  }
  return 0
}

function createUtf8Decoder(bomLength: number): ChunkDecoder {
  let toSkip = bomLength
  let carried: Buffer = Buffer.alloc(0)
  return {
    write(chunk) {
      const skipped = Math.min(toSkip, chunk.length)
      toSkip -= skipped
      const fresh = chunk.subarray(skipped)
      const bytes = carried.length === 0 ? fresh : Buffer.concat([carried, fresh])
      const cut = bytes.length - unfinishedLength(bytes)
      // Copied, because a stream may use the chunk's memory again.
      carried = Buffer.from(bytes.subarray(cut))
      return decodeUtf8(bytes.subarray(0, cut))
    },
    end: () => decodeUtf8(carried),
  }
}

function decodeUtf8(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const lines: string[] = []
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline === -1 ? bytes.length : newline + 1
    const line = bytes.subarray(start, end)
    const text = line.toString('utf8')
    lines.push(isUtf8(line) ? text : text.replace('\ufffd', DAMAGE_MARK))
    start = end
  }
  return lines.join('')
}
