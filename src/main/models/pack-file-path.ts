import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { PackFile } from '../../shared/domain/pack.ts'

/**
 * Where a file of a pack lies: in the pack's folder, or in the npm package that it names. Answers a path in the pack's
 * folder, where nothing is, when that package is not installed.
 */
export function packFilePath(folder: string, file: Pick<PackFile, 'path' | 'package'>): string {
  const parts = file.path.split('/')
  const root = file.package === undefined ? folder : (packageFolder(file.package) ?? folder)
  return join(root, ...parts)
}

/** A package may export none of its files, so it is looked for where its modules would be. */
function packageFolder(name: string): string | null {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? []
  const found = places.map((place) => join(place, ...name.split('/'))).find(existsSync)
  // Native code opens these files, and it cannot look into an archive.
  return found?.replace(/app\.asar(?=[/\\])/, 'app.asar.unpacked') ?? null
}
