import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a file as hex, read in pieces. `onBytes` hears how many came since the last call. */
export async function hashFile(
  path: string,
  options: {
    readonly signal?: AbortSignal | undefined
    readonly onBytes?: ((count: number) => void) | undefined
  } = {},
): Promise<string> {
  const hash = createHash('sha256')
  const { signal, onBytes } = options
  const stream = createReadStream(path, {
    highWaterMark: 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  })
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    hash.update(bytes)
    onBytes?.(bytes.length)
  }
  return hash.digest('hex')
}
