import { createHash, hash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  access,
  constants,
  copyFile,
  link,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder } from '../../base/make-folder.ts'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { ExportTarget } from '../../formats/format.ts'
import { readPictureBytes } from '../../media/image-file.ts'
import { readSmallPictures } from '../../media/small-pictures.ts'
import type { ReadPicture } from './picture-reader.ts'

const SYNCS_AT_A_TIME = 16

export const MANIFEST_NAME = 'realign-manifest.json'

export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

export interface StagedTarget extends ExportTarget {
  readonly files: readonly WrittenFile[]
  /** Flushes everything and gives the export its real name, replacing an older export of ours. */
  publish(): Promise<void>
  discard(): Promise<void>
}

/**
 * Throws before anything is written: the target must be new, empty, or an earlier export of ours, whose manifest says
 * so. Answers whether there is an export to replace.
 */
export async function checkTarget(out: string): Promise<boolean> {
  const found = await stat(out).catch(() => null)
  if (found === null) return false
  if (!found.isDirectory()) {
    throw new AppError(
      'TARGET_EXISTS',
      `Expected a folder to export to, but “${basename(out)}” is a file. Choose another folder.`,
    )
  }
  const names = await readdir(out)
  if (names.length === 0) return true
  if (names.includes(MANIFEST_NAME)) return true
  throw new AppError(
    'TARGET_EXISTS',
    `The folder “${basename(out)}” holds ${names.length} items that are no Realign export, and nothing of them is overwritten. Choose a new or empty folder.`,
  )
}

/** Opens a staging folder beside the target, so that the last step is one rename on the same disk. */
export async function openStagedTarget(
  out: string,
  jobId: number,
  readPicture: ReadPicture = readPictureBytes,
): Promise<StagedTarget> {
  const parent = dirname(out)
  const prefix = stagingPrefix(out)
  makePlace(parent)
  await settleLeftovers(out)
  const staging = join(parent, `${prefix}${jobId}.partial`)
  makePlace(staging)
  const files: WrittenFile[] = []
  const folders = new Set<string>()
  const handles = new Set<FileHandle>()
  /** What a writer has under way; one that failed or was stopped leaves some of it. */
  const underWay = new Set<Promise<unknown>>()
  let isDiscarded = false

  /** After the end nothing is made any more: a folder would come up again that was just cleared away. */
  async function during<Value>(work: () => Promise<Value>): Promise<Value> {
    if (isDiscarded) throw new DOMException('The export was given up.', 'AbortError')
    const running = work()
    underWay.add(running)
    try {
      return await running
    } finally {
      underWay.delete(running)
    }
  }

  function prepare(name: string): string {
    const path = join(staging, name)
    if (relative(staging, path).startsWith('..'))
      throw new Error(`The name ${name} leaves the export.`)
    const folder = dirname(path)
    if (!folders.has(folder)) {
      makeTargetFolder(folder)
      folders.add(folder)
    }
    return path
  }

  async function openFile(name: string): Promise<HashedFile> {
    const handle = await classified(open(prepare(name), 'wx'))
    handles.add(handle)
    return writeHashed({ handle, name, files, onClosed: () => handles.delete(handle) })
  }

  const writing: Pick<ExportTarget, 'rename' | 'concatenate' | 'placeFile'> = {
    async rename(from, to) {
      const index = files.findIndex((file) => file.name === from)
      const file = files[index]
      if (file === undefined) throw new Error(`There is no file ${from} to be renamed.`)
      await classified(rename(join(staging, from), prepare(to)))
      files[index] = { ...file, name: to }
    },
    async concatenate(parts, name) {
      const whole = await openFile(name)
      for (const part of parts) {
        const path = join(staging, part)
        for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
          await whole.write(chunk as Buffer)
        }
        await rm(path)
        files.splice(
          files.findIndex((file) => file.name === part),
          1,
        )
      }
      await whole.close()
    },
    async placeFile({ from, name, copy }) {
      const path = prepare(name)
      if (fromPictureAddress(from).part !== null) {
        const bytes = await readPicture(from)
        await classified(writeFile(path, bytes, { flag: 'wx' }))
        files.push({ name, bytes: bytes.length, sha256: hash('sha256', bytes, 'hex') })
        return
      }
      await checkPicture(from)
      if (copy || !(await tryLink(from, path))) {
        await classified(copyFile(from, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE))
      }
      files.push({ name, ...(await hashFile(path)) })
    },
  }

  return {
    files,
    openText: (name) => during(() => openFile(name)),
    openBytes: (name) => during(() => openFile(name)),
    rename: (from, to) => during(() => writing.rename(from, to)),
    concatenate: (parts, name) => during(() => writing.concatenate(parts, name)),
    readPicture,
    readPictures: readSmallPictures,
    placeFile: (wish) => during(() => writing.placeFile(wish)),
    async publish() {
      await classified(syncFiles(files.map((file) => join(staging, file.name))))
      for (const folder of [...folders, staging]) await classified(syncFolder(folder))
      // An export may take hours, in which somebody may have put something there.
      await checkTarget(out)
      const old = join(parent, `${prefix}${jobId}.old`)
      const isReplacing = await renameIfThere(out, old)
      try {
        await classified(rename(staging, out))
      } catch (error) {
        if (isReplacing) await rename(old, out)
        throw error
      }
      await syncFolder(parent)
      if (isReplacing) await rm(old, { recursive: true, force: true })
    },
    async discard() {
      isDiscarded = true
      await Promise.allSettled(underWay)
      // A writer that failed in the middle leaves its file open.
      await Promise.all([...handles].map((handle) => handle.close().catch(() => undefined)))
      await rm(staging, { recursive: true, force: true })
    },
  }
}

function stagingPrefix(out: string): string {
  return `.${basename(out)}.realign-`
}

interface HashedFile {
  write(data: string | Uint8Array): Promise<void>
  close(): Promise<void>
}

function writeHashed(file: {
  readonly handle: FileHandle
  readonly name: string
  readonly files: WrittenFile[]
  readonly onClosed: () => void
}): HashedFile {
  const { handle, name, files } = file
  const digest: Hash = createHash('sha256')
  let bytes = 0
  let last: Promise<void> = Promise.resolve()
  return {
    // Waits for the write before this one: the next piece is made while the disk takes this one.
    async write(data) {
      const chunk = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
      digest.update(chunk)
      bytes += chunk.length
      await last
      last = classified(handle.writeFile(chunk))
      // Whoever writes or closes next meets the error; until then it must not count as unhandled.
      last.catch(() => undefined)
    },
    async close() {
      await last
      await classified(handle.close())
      file.onClosed()
      files.push({ name, bytes, sha256: digest.digest('hex') })
    },
  }
}

/**
 * Clears away what an interrupted export of this target left behind. One that was stopped between its two renames has
 * put the older export aside and nothing in its place: that one gets its name back.
 */
export async function settleLeftovers(out: string): Promise<void> {
  const parent = dirname(out)
  const prefix = stagingPrefix(out)
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue
    const path = join(parent, name)
    const isWanted = name.endsWith('.old') && (await stat(out).catch(() => null)) === null
    if (isWanted) await rename(path, out)
    else if (/\.(partial|old)$/.test(name)) await rm(path, { recursive: true, force: true })
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw classifyTargetError(error)
  }
}

/** A picture that cannot be read costs its own row; only a target that cannot be written ends the export. */
async function checkPicture(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw isGone
      ? new AppError(
          'IMAGE_FILE_MISSING',
          'The picture file was there at the import and is gone now. Put it back and export again.',
          { cause: error },
        )
      : new AppError(
          'SOURCE_UNREADABLE',
          'The picture file may not be read. Check its permissions and export again.',
          { cause: error },
        )
  }
}

/** Many at a time: a journaling file system brings them to the disk together. */
async function syncFiles(paths: readonly string[]): Promise<void> {
  const queue = paths.values()
  await Promise.all(
    Array.from({ length: SYNCS_AT_A_TIME }, async () => {
      for (const path of queue) {
        const handle = await open(path, 'r+').catch(() => open(path, 'r'))
        try {
          await handle.sync()
        } finally {
          await handle.close()
        }
      }
    }),
  )
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    // The real file: a link to a symbolic link would break when the link's folder moves.
    await link(await realpath(from), to)
    return true
  } catch {
    return false
  }
}

async function hashFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const digest = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    digest.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { bytes, sha256: digest.digest('hex') }
}

/** A rename is durable only when its folder is; Windows cannot open folders and needs none of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whatever the reason is, an export needs another place then. */
function makePlace(path: string): void {
  try {
    makeFolder(path)
  } catch (error) {
    const classified = classifyTargetError(error)
    throw classified instanceof AppError ? classified : unwritableError(error)
  }
}

function makeTargetFolder(path: string): void {
  try {
    makeFolder(path)
  } catch (error) {
    const isRefused = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw isRefused ? unwritableError(error) : classifyTargetError(error)
  }
}

async function classified<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw classifyTargetError(error)
  }
}

function classifyTargetError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError(
        'DISK_FULL',
        'The disk is full. Nothing half-written was left behind; free some space and export again.',
        { cause: error },
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return unwritableError(error)
    default:
      return error
  }
}

function unwritableError(cause: unknown): AppError {
  return new AppError(
    'TARGET_UNWRITABLE',
    'The target folder cannot be written. Choose a folder where you may write.',
    { cause },
  )
}
