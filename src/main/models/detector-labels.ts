import { readFile } from 'node:fs/promises'

/** What model hubs write for a number that no class has. */
export const NO_CLASS = 'N/A'

/** The names of a detector's classes, one a line; the line's number is the class. */
export async function readLabelFile(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8')
  return text
    .replace(/^\uFEFF/u, '')
    .trimEnd()
    .split(/\r?\n/u)
    .map((label) => label.trim())
}
