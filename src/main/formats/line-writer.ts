import type { ExportTarget } from './format.ts'

// Large enough that the cost of a write does not matter, small enough to wait for the disk often.
const BATCH_LENGTH = 512 * 1024

/** A text file that is written in pieces of about half a megabyte. */
export interface LineWriter {
  write(text: string): void | Promise<void>
  close(): Promise<void>
}

export async function openLines(target: ExportTarget, name: string): Promise<LineWriter> {
  const file = await target.openText(name)
  let pending: string[] = []
  let length = 0
  const flush = (): Promise<void> => {
    const text = pending.join('')
    pending = []
    length = 0
    return file.write(text)
  }
  return {
    write(text) {
      pending.push(text)
      length += text.length
      return length < BATCH_LENGTH ? undefined : flush()
    },
    async close() {
      if (length > 0) await flush()
      await file.close()
    },
  }
}
