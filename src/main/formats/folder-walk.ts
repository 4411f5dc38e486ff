import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno, sourceError } from './source-file.ts'
import { isInside } from './source-paths.ts'
import type { SourceEvent } from './format.ts'

/** One folder of a tree with the names of its files, sorted by code units, hidden ones left out. */
export interface FolderListing {
  readonly kind: 'folder'
  /** Relative to the root with forward slashes, '' for the root itself. */
  readonly locator: string
  readonly path: string
  readonly files: readonly string[]
}

export type WalkEvent = FolderListing | Exclude<SourceEvent, { kind: 'record' }>

interface Place {
  readonly locator: string
  readonly path: string
}

/**
 * Walks a folder tree: a folder's own files first, then its folders, both sorted, so that two walks of one
 * tree are equal. Memory grows with the largest folder, not with the tree. A folder that cannot be read, a link that leaves
 * the root and a link that leads into a loop are each reported once; a linked folder is read only in its own place.
 * @throws AppError where the root itself cannot be read.
 */
export async function* walkFolders(root: string, signal: AbortSignal): AsyncGenerator<WalkEvent> {
  const realRoot = await realpath(root).catch((error: unknown) => {
    throw sourceError(root, error)
  })
  const waiting: Place[] = [{ locator: '', path: root }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    signal.throwIfAborted()
    const listed = await listFolder(place)
    if ('problem' in listed) {
      yield listed.problem
      continue
    }
    const { entries } = listed
    const files: string[] = []
    const folders: Place[] = []
    const isProject = entries.some(({ name }) => name === 'project.realign')
    for (const entry of entries) {
      const child = { locator: childLocator(place, entry.name), path: join(place.path, entry.name) }
      const kind = await kindOf({ entry, child, parent: place, realRoot })
      if (typeof kind !== 'string') yield kind
      else if (kind === 'file') files.push(entry.name)
      // A project's cache holds thumbnails of pictures that lie elsewhere.
      else if (kind === 'folder' && !(isProject && entry.name === 'cache')) folders.push(child)
    }
    yield { kind: 'folder', locator: place.locator, path: place.path, files }
    waiting.push(...folders.reverse())
  }
}

async function listFolder(
  place: Place,
): Promise<{ readonly entries: readonly Dirent[] } | { readonly problem: WalkEvent }> {
  try {
    const entries = await readdir(place.path, { withFileTypes: true })
    const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== '__MACOSX')
    return { entries: shown.sort((left, right) => (left.name < right.name ? -1 : 1)) }
  } catch (error) {
    // The root is the source itself; without it there is nothing to go on with.
    if (place.locator === '') throw sourceError(place.path, error)
    const reason = isErrno(error) ? error.code : 'unknown reason'
    const message = `The folder cannot be read (${reason}). What lies in it was left out; give yourself the right to read it and import again.`
    return { problem: problem(place, 'SOURCE_UNREADABLE', message) }
  }
}

async function kindOf(options: {
  readonly entry: Dirent
  readonly child: Place
  readonly parent: Place
  readonly realRoot: string
}): Promise<'file' | 'folder' | 'other' | WalkEvent> {
  const { entry, child } = options
  if (entry.name.includes('\ufffd')) {
    return problem(
      child,
      'ROW_INVALID',
      'The file name is not valid UTF-8, so the file cannot be opened by its name. Rename it.',
    )
  }
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? kindOfLink(options) : 'other'
}

async function kindOfLink(options: {
  readonly child: Place
  readonly parent: Place
  readonly realRoot: string
}): Promise<'file' | WalkEvent> {
  const { child, parent, realRoot } = options
  let target: string
  try {
    target = await realpath(child.path)
  } catch (error) {
    return isErrno(error) && error.code === 'ELOOP'
      ? problem(
          child,
          'SOURCE_UNREADABLE',
          'The link leads to itself, so it was not followed. Remove it.',
        )
      : problem(
          child,
          'IMAGE_FILE_MISSING',
          'The link leads to nothing. Restore the file that it names, or remove the link.',
        )
  }
  if (!isInside(realRoot, target)) {
    return problem(
      child,
      'PATH_OUTSIDE_SOURCE',
      'The link leaves the source folder, so it was not followed. Import the folder that it leads to, or copy it here.',
    )
  }
  const found = await stat(target)
  if (!found.isDirectory()) return 'file'
  if (isInside(target, await realpath(parent.path))) {
    return problem(
      child,
      'SOURCE_UNREADABLE',
      'The link leads back to a folder that holds it, which makes a loop, so it was not followed. Remove it.',
    )
  }
  const message = `"${child.locator}" is a link to a folder of the same source, which is read in its own place only.`
  return { kind: 'warning', message }
}

function problem(
  place: Place,
  code: Extract<SourceEvent, { kind: 'error' }>['code'],
  message: string,
): WalkEvent {
  return { kind: 'error', item: place.locator, code, message }
}

function childLocator(place: Place, name: string): string {
  return place.locator === '' ? name : `${place.locator}/${name}`
}
