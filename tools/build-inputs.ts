import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const IGNORED = /\.test\.tsx?$/

/**
 * The newest change below the given files and folders, in milliseconds since 1970. Folders count too: their
 * time moves when a file is deleted or renamed, which no file would tell.
 */
export async function newestChange(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(paths.map(changeOf))
  return Math.max(0, ...times)
}

async function changeOf(path: string): Promise<number> {
  if (IGNORED.test(path)) return 0
  const stats = await stat(path).catch(() => null)
  if (stats === null) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  const names = await readdir(path)
  return Math.max(stats.mtimeMs, await newestChange(names.map((name) => join(path, name))))
}
