import { AppError } from '../../shared/errors.ts'
import { readImageFile, statImageFile, type ImageFile } from './image-file.ts'

/** A picture that still has the content hash it was imported with. Throws AppError with the reason. */
export async function readUnchanged(args: {
  readonly path: string
  readonly hash: string
}): Promise<ImageFile> {
  const file = await readImageFile(args.path, await statImageFile(args.path))
  if (file.sha256 !== args.hash) {
    // Stored under this hash, the new picture would be shown beside texts about the old one.
    throw new AppError(
      'IMAGE_UNREADABLE',
      'The file has changed since it was imported, so it may show another picture. Import the source again to take the new file in.',
      { data: { reason: 'changed' } },
    )
  }
  return file
}
