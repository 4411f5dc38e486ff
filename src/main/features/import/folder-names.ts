import { readdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

const MAX_FOLDERS = 64

/**
 * Tells whether a file is there by listing its folder once. A table of a million rows whose pictures are elsewhere
 * would otherwise cost a million questions to the disk. A name that is there in another Unicode form or letter case
 * is not found here, so "no" means "ask the file system" only where the listing failed.
 */
export function createFolderNames(): { mayExist(path: string): Promise<boolean> } {
  const folders = new Map<string, Promise<ReadonlySet<string> | 'none' | 'unknown'>>()

  async function list(folder: string): Promise<ReadonlySet<string> | 'none' | 'unknown'> {
    try {
      return new Set((await readdir(folder)).map(fold))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      return code === 'ENOENT' || code === 'ENOTDIR' ? 'none' : 'unknown'
    }
  }

  return {
    async mayExist(path) {
      const folder = dirname(path)
      let names = folders.get(folder)
      if (names === undefined) {
        names = list(folder)
        folders.set(folder, names)
        if (folders.size > MAX_FOLDERS) {
          const oldest = folders.keys().next().value
          if (oldest !== undefined) folders.delete(oldest)
        }
      }
      const known = await names
      if (known === 'unknown') return true
      return known !== 'none' && known.has(fold(basename(path)))
    },
  }
}

/** Mac and Windows file systems ignore letter case, and Mac's decompose letters: compare without either. */
function fold(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
