import { open, type FileHandle } from 'node:fs/promises'
import { classifyReadError } from './file-errors.ts'

const CHUNK_BYTES = 256 * 1024

/** Part of a file, both ends included. */
export interface FilePart {
  readonly path: string
  readonly first: number
  readonly last: number
}

/**
 * Opens part of a file as the body of a response. Little is read at once, so that its descriptor is closed before anybody
 * can forget it; more is a stream that reads when asked and closes the file at its end and when it is cancelled, which
 * in Electron is the only sign that the page has gone. Rejects with AppError for a file that cannot be opened.
 */
export async function openFileBody(
  part: FilePart,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  const handle = await open(part.path).catch((error: unknown) => {
    throw classifyReadError(error)
  })
  const sizeBytes = part.last - part.first + 1
  if (sizeBytes > CHUNK_BYTES) return streamPart(handle, part)
  try {
    return await readExactly(handle, part.first, sizeBytes)
  } catch (error) {
    throw classifyReadError(error)
  } finally {
    await handle.close()
  }
}

function streamPart(handle: FileHandle, { first, last }: FilePart): ReadableStream<Uint8Array> {
  let position = first
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const sizeBytes = Math.min(CHUNK_BYTES, last - position + 1)
          controller.enqueue(await readExactly(handle, position, sizeBytes))
          position += sizeBytes
          if (position <= last) return
          await handle.close()
          controller.close()
        } catch (error) {
          await handle.close()
          controller.error(error)
        }
      },
      cancel: () => handle.close(),
    },
    // Nothing is read before somebody asks for it.
    { highWaterMark: 0 },
  )
}

/** The length is promised already, so a file that has become shorter must fail and not end early. */
async function readExactly(
  handle: FileHandle,
  position: number,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes)
  let filled = 0
  while (filled < sizeBytes) {
    const { bytesRead } = await handle.read(bytes, filled, sizeBytes - filled, position + filled)
    if (bytesRead === 0) throw new Error('The file became shorter while it was sent.')
    filled += bytesRead
  }
  return bytes
}
