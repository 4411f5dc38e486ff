import { readdir, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { FolderListing } from '../../../shared/contract/host.ts'
import { AppError } from '../../../shared/errors.ts'

const MAX_ENTRIES = 2_000

/** Lists a folder of this machine for a browser that has no dialog: folders first, by name; '' is the home folder. */
export async function listFolder(given: string): Promise<FolderListing> {
  const path = given === '' ? homedir() : resolve(given)
  const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError(
      'SOURCE_UNREADABLE',
      `The folder “${basename(path)}” cannot be listed. Check that it exists and that you may read it.`,
      { cause },
    )
  })
  const visible = entries.filter((entry) => !entry.name.startsWith('.'))
  const described = await Promise.all(
    visible.map(async (entry) => {
      const full = join(path, entry.name)
      const isFolder =
        entry.isDirectory() ||
        (entry.isSymbolicLink() &&
          (await stat(full).then(
            (found) => found.isDirectory(),
            () => false,
          )))
      return { name: entry.name, path: full, isFolder }
    }),
  )
  described.sort(
    (left, right) =>
      Number(right.isFolder) - Number(left.isFolder) ||
      left.name.localeCompare(right.name, undefined, { numeric: true }),
  )
  const parent = dirname(path)
  return {
    path,
    parent: parent === path ? null : parent,
    entries: described.slice(0, MAX_ENTRIES).map((entry) => ({
      name: entry.name,
      path: entry.path,
      kind: !entry.isFolder
        ? 'file'
        : existsSync(join(entry.path, 'project.realign'))
          ? 'project'
          : 'folder',
    })),
    leftOut: Math.max(0, described.length - MAX_ENTRIES),
  }
}
