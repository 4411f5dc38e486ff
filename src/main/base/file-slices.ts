import { open } from 'node:fs/promises'

/** A file as something of which stretches can be asked for. */
export interface FileSlices {
  readonly byteLength: number
  slice(start: number, end?: number): Promise<ArrayBuffer>
}

/** Opens the file for each stretch, so that no descriptor stays open when nobody asks any more. */
export function createFileSlices(path: string, byteLength: number): FileSlices {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const file = await open(path, 'r')
      try {
        const bytes = await readStretch(file, start, Math.max(0, Math.min(end, byteLength) - start))
        return bytes.buffer
      } finally {
        await file.close()
      }
    },
  }
}

/** Reads this many bytes from a position; fewer where the file ends before. */
export async function readStretch(
  file: { read: Awaited<ReturnType<typeof open>>['read'] },
  position: number,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes)
  let filled = 0
  while (filled < sizeBytes) {
    const { bytesRead } = await file.read(bytes, filled, sizeBytes - filled, position + filled)
    if (bytesRead === 0) return bytes.slice(0, filled)
    filled += bytesRead
  }
  return bytes
}
