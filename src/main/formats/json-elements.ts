import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { MAX_JSON_DEPTH, TOO_DEEP } from './json-depth.ts'
import { sourceError } from './source-file.ts'

/** One value of a large JSON document, with its place in bytes. */
export type JsonElement =
  | {
      readonly kind: 'value'
      /** Of the member of the outermost object; null where the document is a list. */
      readonly key: string | null
      /** Place in the list, from 0; null for a member that is no list. */
      readonly index: number | null
      readonly offset: number
      readonly sizeBytes: number
      readonly value: unknown
    }
  | {
      readonly kind: 'error'
      readonly key: string | null
      readonly index: number | null
      readonly message: string
    }
  /** The document cannot be read on from here. What came before stands. */
  | { readonly kind: 'broken'; readonly offset: number; readonly message: string }

type Request = JsonElement | 'more'
type Scan<Result> = Generator<Request, Result, Buffer | null | undefined>

const MAX_ELEMENT_BYTES = 16 * 1024 * 1024
const CHUNK_BYTES = 256 * 1024
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Streams the elements of a document that is a list, or an object of lists and other values, without holding more than
 * one element. A value that is no JSON costs itself; where the frame around values is damaged the rest is lost. A list
 * whose key `isWanted` refuses is passed over unparsed.
 */
export async function* readJsonElements(
  path: string,
  signal: AbortSignal,
  isWanted: (key: string | null) => boolean = () => true,
): AsyncGenerator<readonly JsonElement[]> {
  const scan = scanDocument(new Window(), isWanted)
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })
  let step = scan.next()
  const drain = (chunk: Buffer | null): readonly JsonElement[] => {
    const found: JsonElement[] = []
    step = scan.next(chunk)
    while (step.done !== true && step.value !== 'more') {
      found.push(step.value)
      step = scan.next()
    }
    return found
  }
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const found = drain(chunk)
      if (found.length > 0) yield found
      if (step.done === true) return
    }
    yield drain(null)
  } catch (error) {
    throw sourceError(path, error)
  }
}

/** The bytes that are being looked at; those from `keepFrom` on stay when more come. */
class Window {
  bytes: Buffer = Buffer.alloc(0)
  /** Of the first byte in the document. */
  start = 0
  at = 0
  keepFrom: number | null = null

  get position(): number {
    return this.start + this.at
  }

  append(chunk: Buffer): void {
    const kept = this.keepFrom === null ? this.bytes.length : this.keepFrom - this.start
    const rest = this.bytes.subarray(kept)
    this.start += kept
    this.at -= kept
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
  }
}

class FrameError extends Error {}

function* scanDocument(window: Window, isWanted: (key: string | null) => boolean): Scan<void> {
  try {
    const first = yield* nextToken(window)
    if (first === OPEN_LIST) yield* scanList(window, null, isWanted(null))
    else if (first === OPEN_OBJECT) yield* scanObject(window, isWanted)
    else throw new FrameError('a list or an object was expected')
  } catch (error) {
    if (!(error instanceof FrameError)) throw error
    const message = `The JSON is damaged or cut short at byte ${window.position}: ${error.message}. What comes before was read.`
    yield { kind: 'broken', offset: window.position, message }
  }
}

function* scanObject(window: Window, isWanted: (key: string | null) => boolean): Scan<void> {
  for (let token = yield* nextToken(window); token !== CLOSE_OBJECT;) {
    if (token !== QUOTE) throw new FrameError('a name in quotation marks was expected')
    window.at -= 1
    const name = yield* readValue(window, { key: null, index: null }, true)
    if (name?.kind !== 'value' || typeof name.value !== 'string') {
      throw new FrameError('a name was expected')
    }
    const key = name.value
    if ((yield* nextToken(window)) !== COLON) throw new FrameError('a colon was expected')
    if ((yield* nextToken(window)) === OPEN_LIST) yield* scanList(window, key, isWanted(key))
    else {
      window.at -= 1
      const element = yield* readValue(window, { key, index: null }, isWanted(key))
      if (element !== null) yield element
    }
    token = yield* nextToken(window)
    if (token === COMMA) token = yield* nextToken(window)
    else if (token !== CLOSE_OBJECT) throw new FrameError('a comma or the end was expected')
  }
}

function* scanList(window: Window, key: string | null, isKept: boolean): Scan<void> {
  let token = yield* nextToken(window)
  for (let index = 0; token !== CLOSE_LIST; index += 1) {
    window.at -= 1
    const element = yield* readValue(window, { key, index }, isKept)
    if (element !== null) yield element
    token = yield* nextToken(window)
    if (token === COMMA) token = yield* nextToken(window)
    else if (token !== CLOSE_LIST) throw new FrameError('a comma or the end was expected')
  }
}

/** The next byte that is no white space, which is taken. */
function* nextToken(window: Window): Scan<number> {
  for (;;) {
    while (window.at < window.bytes.length) {
      const byte = window.bytes[window.at] ?? 0
      window.at += 1
      const isMark = window.position <= 3 && [0xef, 0xbb, 0xbf].includes(byte)
      if (!isSpace(byte) && !isMark) return byte
    }
    yield* needMore(window)
  }
}

function* needMore(window: Window): Scan<void> {
  const chunk = yield 'more'
  if (chunk === null || chunk === undefined) throw new FrameError('it ends early')
  window.append(chunk)
}

/** Takes one value; null where it is not kept. */
function* readValue(
  window: Window,
  place: { readonly key: string | null; readonly index: number | null },
  isKept: boolean,
): Scan<JsonElement | null> {
  const offset = window.position
  if (isKept) window.keepFrom = offset
  const depth = yield* skipValue(window, offset)
  const sizeBytes = window.position - offset
  const isWhole = window.keepFrom !== null
  window.keepFrom = null
  if (!isKept) return null
  if (!isWhole || depth > MAX_JSON_DEPTH) {
    const what = isWhole ? TOO_DEEP : `longer than ${MAX_ELEMENT_BYTES} bytes`
    return { kind: 'error', ...place, message: `The value is ${what} and was left out.` }
  }
  const bytes = window.bytes.subarray(offset - window.start, window.at)
  if (!isUtf8(bytes)) {
    return { kind: 'error', ...place, message: 'The value holds bytes that are not valid UTF-8.' }
  }
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return { kind: 'value', ...place, offset, sizeBytes, value }
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : ''
    return { kind: 'error', ...place, message: `The value is not valid JSON: ${reason}` }
  }
}

/** Goes to the end of a value by its brackets and quotation marks alone; answers how deep it is. */
function* skipValue(window: Window, offset: number): Scan<number> {
  let depth = 0
  let deepest = 0
  let isInText = false
  let isScalar = false
  for (;;) {
    const { bytes } = window
    let at = window.at
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0
      if (isInText) {
        // Behind a backslash at the very end this goes one byte into what comes next.
        if (byte === BACKSLASH) at += 1
        else if (byte === QUOTE) {
          isInText = false
          if (depth === 0) return end(at + 1)
        }
      } else if (byte === QUOTE) {
        if (isScalar) return end(at)
        isInText = true
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        depth += 1
        deepest = Math.max(deepest, depth)
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (depth === 0) return end(at)
        depth -= 1
        if (depth === 0) return end(at + 1)
      } else if (depth === 0) {
        if (byte === COMMA || isSpace(byte)) return end(at)
        isScalar = true
      }
    }
    window.at = at
    if (window.position - offset > MAX_ELEMENT_BYTES) window.keepFrom = null
    yield* needMore(window)
  }

  function end(at: number): number {
    if (at === window.at && window.position === offset) throw new FrameError('a value was expected')
    window.at = at
    return deepest
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
