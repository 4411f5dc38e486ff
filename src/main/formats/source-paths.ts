import { lstat, readdir, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'

/** Where a name in a source leads: a file inside it, or the reason why it is not used. */
export type SourcePath =
  | { readonly kind: 'inside'; readonly locator: string; readonly filePath: string }
  | { readonly kind: 'outside'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string }

export interface SourcePaths {
  /** Answers at once for a folder seen before, so that a row costs no promise and no look at the disk. */
  resolve(name: string): SourcePath | Promise<SourcePath>
}

interface KnownFolder {
  readonly isOutside: boolean
  /** Names in the folder that are symbolic links; only these need a look of their own. */
  readonly links: ReadonlySet<string>
}

const MAX_KNOWN_FOLDERS = 4096
const ABSENT: KnownFolder = { isOutside: false, links: new Set() }

/**
 * Turns names from a table into paths inside `root`. Names are relative to `base` (a folder in `root`), with
 * either kind of separator; a name that leaves `root`, by dots, as an absolute path or through a symbolic link,
 * is refused. A file need not exist.
 */
export function createSourcePaths(options: {
  readonly root: string
  readonly base: string
}): SourcePaths {
  const root = resolve(options.root)
  const known = new Map<string, KnownFolder>()
  let realRoot: Promise<string> | null = null

  async function look(folder: string): Promise<KnownFolder> {
    const real = await (realRoot ??= realpath(root))
    const found = await inspectFolder(folder, real)
    if (known.size >= MAX_KNOWN_FOLDERS) known.clear()
    known.set(folder, found)
    return found
  }

  async function followLink(path: SourcePath & { kind: 'inside' }): Promise<SourcePath> {
    const target = await realpath(path.filePath).catch(() => null)
    const real = await (realRoot ??= realpath(root))
    if (target === null || isInside(real, target)) return path
    return { kind: 'outside', reason: `"${path.locator}" is a link that leaves the source folder` }
  }

  function judge(
    path: SourcePath & { kind: 'inside' },
    folder: KnownFolder,
  ): SourcePath | Promise<SourcePath> {
    if (folder.isOutside) {
      return {
        kind: 'outside',
        reason: `The folder of "${path.locator}" is a link that leaves the source folder`,
      }
    }
    return folder.links.size > 0 && folder.links.has(lastPart(path.locator))
      ? followLink(path)
      : path
  }

  return {
    resolve(name) {
      const path = toPath({ root, base: options.base, name })
      if (path.kind !== 'inside') return path
      const folder = path.filePath.slice(0, path.filePath.lastIndexOf(sep))
      const seen = known.get(folder)
      if (seen !== undefined) return judge(path, seen)
      return look(folder).then((found) => judge(path, found))
    },
  }
}

/** True where `path` is `root` or lies below it; both absolute. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function toPath(options: {
  readonly root: string
  readonly base: string
  readonly name: string
}): SourcePath {
  const { root, name } = options
  if (name.includes('\0'))
    return { kind: 'invalid', reason: 'The file name holds a null character' }
  // A table made on Windows separates by backslashes; a file whose name truly holds one is next to unheard of.
  const slashed = name.includes('\\') ? name.replaceAll('\\', '/') : name
  if (/^[A-Za-z]:\//.test(slashed) && sep === '/') {
    return {
      kind: 'outside',
      reason: `"${shorten(name)}" is an absolute path outside the source folder`,
    }
  }
  const filePath = isAbsolute(slashed) ? resolve(slashed) : resolve(options.base, slashed)
  if (!isInside(root, filePath)) {
    return { kind: 'outside', reason: `"${shorten(name)}" leads out of the source folder` }
  }
  const way = filePath.slice(root.endsWith(sep) ? root.length : root.length + 1)
  if (way === '')
    return { kind: 'invalid', reason: `"${shorten(name)}" names the folder itself, not a file` }
  return { kind: 'inside', locator: sep === '/' ? way : way.replaceAll(sep, '/'), filePath }
}

async function inspectFolder(folder: string, realRoot: string): Promise<KnownFolder> {
  const real = await realpath(folder).catch(() => null)
  if (real === null) return inspectAbsent(folder, realRoot)
  if (!isInside(realRoot, real)) return { isOutside: true, links: new Set() }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return {
    isOutside: false,
    links: new Set(entries.filter((entry) => entry.isSymbolicLink()).map((entry) => entry.name)),
  }
}

/** A folder that is not there yet may lie below a link that leaves the source, so its nearest parent is asked. */
async function inspectAbsent(folder: string, realRoot: string): Promise<KnownFolder> {
  const parent = resolve(folder, '..')
  if (parent === folder) return ABSENT
  const link = await lstat(folder).catch(() => null)
  if (link?.isSymbolicLink() === true) return { isOutside: true, links: new Set() }
  const above = await realpath(parent).catch(() => null)
  if (above === null) return inspectAbsent(parent, realRoot)
  return { isOutside: !isInside(realRoot, join(above, '.')), links: new Set() }
}

function lastPart(locator: string): string {
  return locator.slice(locator.lastIndexOf('/') + 1)
}

function shorten(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name
}
