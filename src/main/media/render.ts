import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { classifyWriteError } from './file-errors.ts'
import { readPictureBytes } from './image-file.ts'
import { type Picture, openPicture } from './picture.ts'
import { readUnchanged } from './read-unchanged.ts'
import type { CopyArgs, ExtractArgs, RenderArgs } from './requests.ts'
import { WEBP_EFFORT } from './webp-settings.ts'

/** Writes a small WebP of a picture: upright, first frame, sRGB, transparency kept. Throws AppError. */
export async function renderImage(args: RenderArgs): Promise<void> {
  await writeAtomically(args.target, await toWebp(openPicture(await readUnchanged(args)), args))
}

/** Writes the bytes of a picture in a container as a file. Throws AppError. */
export async function extractImage(args: ExtractArgs): Promise<void> {
  const { source } = await readUnchanged(args)
  if (typeof source === 'string') throw new Error('A file of its own needs no copy.')
  await writeAtomically(args.target, source)
}

/** The same for a picture that may have changed since. */
export async function copyImage({ path, target }: CopyArgs): Promise<void> {
  await writeAtomically(target, await readPictureBytes(path))
}

function toWebp(picture: Picture, args: RenderArgs): Promise<Buffer> {
  return picture.decode((pipeline) =>
    pipeline
      .resize(args.maxPx, args.maxPx, {
        fit: 'inside',
        withoutEnlargement: picture.format !== 'svg',
      })
      .webp({ quality: args.quality, effort: WEBP_EFFORT })
      .toBuffer(),
  )
}

let temporaryCount = 0

/** The target holds all bytes or is not there; the folder is made anew when somebody has emptied the cache. */
export async function writeAtomically(target: string, bytes: Buffer): Promise<void> {
  const temporary = `${target}.${process.pid}-${temporaryCount++}.tmp`
  try {
    await writeFile(temporary, bytes).catch(async (error: unknown) => {
      if (!isMissing(error)) throw error
      await mkdir(dirname(target), { recursive: true })
      await writeFile(temporary, bytes)
    })
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {
      // The first error says more.
    })
    throw classifyWriteError(error)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
