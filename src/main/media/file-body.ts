import { open, type FileHandle } from 'node:fs/promises'
import { fromPictureAddress } from '../base/picture-address.ts'
import { classifyReadError } from './file-errors.ts'

const CHUNK_BYTES = 256 * 1024

/** Part of a file, or of a picture in a tar archive; both ends included. */
export interface FilePart {
  /** Address of the picture (`base/picture-address.ts`). */
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
  const place = fromPictureAddress(part.path)
  if (place.part?.kind === 'cell') throw new Error('A cell of a table cannot be sent as a file.')
  const start = (place.part?.offset ?? 0) + part.first
  const handle = await open(place.path).catch((error: unknown) => {
    throw classifyReadError(error)
  })
  const sizeBytes = part.last - part.first + 1
  if (sizeBytes > CHUNK_BYTES) return streamPart(handle, start, start + sizeBytes - 1)
  try {
    return await readExactly(handle, start, sizeBytes)
  } catch (error) {
    throw classifyReadError(error)
  } finally {
    await handle.close()
  }
}

function streamPart(handle: FileHandle, first: number, last: number): ReadableStream<Uint8Array> {
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
