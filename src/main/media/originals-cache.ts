import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

const USUAL_BYTES = 1024 ** 3

interface KnownFolder {
  /** Bytes of each by its path; who was used longest ago comes first. */
  readonly files: Map<string, number>
  sizeBytes: number
}

export interface OriginalsCache {
  /**
   * Notes that a file of the folder is used now, and removes those that were not used for longest while all of them are
   * larger than the limit; never this one. Answers whether it is there, which it is not where it gave way to another one
   * after somebody had found it. Never rejects.
   */
  use(folder: string, path: string): Promise<boolean>
}

/** Keeps copies of pictures that lie in tables to a size. When each was used last is its access time on the disk. */
export function createOriginalsCache(maxBytes = USUAL_BYTES): OriginalsCache {
  const folders = new Map<string, KnownFolder>()
  let queue: Promise<unknown> = Promise.resolve()

  async function note(folder: string, path: string): Promise<void> {
    const known = folders.get(folder) ?? (await readFolder(folder))
    folders.set(folder, known)
    const file = await stat(path)
    const now = new Date()
    forget(known, path)
    known.files.set(path, file.size)
    known.sizeBytes += file.size
    await utimes(path, now, file.mtime)
    for (const oldest of known.files.keys()) {
      if (known.sizeBytes <= maxBytes || oldest === path) return
      forget(known, oldest)
      // One that is being read on Windows stays, and is found again at the next start.
      await rm(oldest, { force: true }).catch(() => undefined)
    }
  }

  return {
    use(folder, path) {
      const noted = queue
        .then(() => note(folder, path))
        .then(
          () => true,
          () => isThere(path),
        )
      queue = noted
      return noted
    },
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function forget(known: KnownFolder, path: string): void {
  known.sizeBytes -= known.files.get(path) ?? 0
  known.files.delete(path)
}

async function readFolder(folder: string): Promise<KnownFolder> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: { readonly path: string; readonly size: number; readonly atimeMs: number }[] = []
  for (const entry of entries) {
    // Others are still being written.
    if (!entry.isFile() || !/^[0-9a-f]{64}$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const { size, atimeMs } = await stat(path)
    found.push({ path, size, atimeMs })
  }
  found.sort((one, other) => one.atimeMs - other.atimeMs)
  return {
    files: new Map(found.map(({ path, size }) => [path, size])),
    sizeBytes: found.reduce((sum, { size }) => sum + size, 0),
  }
}
