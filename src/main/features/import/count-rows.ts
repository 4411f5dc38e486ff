import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const METADATA = /^(metadata\.(jsonl|csv)|realign\.jsonl)$/
const PICTURE = /\.(jpe?g|png|webp|gif|avif|tiff?|bmp|svg)$/i
const NEWLINE = 0x0a

/**
 * Guesses how many rows a source has, for the remaining time: lines of a table, or pictures of a folder tree. Tables
 * with line breaks in cells have fewer rows than lines, so the job corrects the total at its end.
 */
export async function guessRowCount(path: string, signal: AbortSignal): Promise<number | null> {
  try {
    const found = await stat(path)
    if (found.isFile()) return await countLines(path, signal)
    const names = await readdir(path)
    const tables = names.filter((name) => METADATA.test(name))
    if (tables.length === 0) return await countPictures(path, signal)
    const counts = await Promise.all(tables.map((name) => countLines(join(path, name), signal)))
    return counts.reduce((sum, count) => sum + count, 0)
  } catch {
    return null
  }
}

async function countLines(path: string, signal: AbortSignal): Promise<number> {
  let count = 0
  let last = NEWLINE
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1
    last = bytes.at(-1) ?? last
  }
  const isTable = /\.(csv|tsv)$/i.test(path)
  return Math.max(0, count + (last === NEWLINE ? 0 : 1) - (isTable ? 1 : 0))
}

async function countPictures(folder: string, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted()
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  let count = 0
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) count += await countPictures(join(folder, entry.name), signal)
    else if (PICTURE.test(entry.name)) count += 1
  }
  return count
}
