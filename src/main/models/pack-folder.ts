import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackFile, PackManifest } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import { hashFile } from './file-hash.ts'
import { packFilePath } from './pack-file-path.ts'
import { parsePackManifest } from './pack-manifest.ts'

export const MANIFEST_NAME = 'pack.json'

/** `pack.json` is small; a file of another size is something else. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024

/** Reads the manifest of a pack folder. Throws PACK_FILE_MISSING where there is none, PACK_INVALID for a bad one. */
export async function readPackManifest(folder: string): Promise<PackManifest> {
  const path = join(folder, MANIFEST_NAME)
  const stats = await stat(path).catch(() => null)
  if (stats?.isFile() !== true) {
    throw new AppError(
      'PACK_FILE_MISSING',
      'A model pack was expected, but the folder has no pack.json. Choose the folder that holds it.',
    )
  }
  if (stats.size > MAX_MANIFEST_BYTES) {
    throw new AppError('PACK_INVALID', 'pack.json is far too large to be one. Get the pack again.')
  }
  return parsePackManifest(await readFile(path, 'utf8'))
}

/** Whether every file is there in its full size; cheap enough for each listing. Throws PACK_FILE_MISSING or PACK_CORRUPT. */
export async function checkPackSizes(folder: string, manifest: PackManifest): Promise<void> {
  for (const file of manifest.files) {
    const stats = await stat(packFilePath(folder, file)).catch(() => null)
    if (stats?.isFile() !== true) throw missing(manifest, file)
    if (stats.size !== file.sizeBytes) {
      throw corrupt(
        manifest,
        file,
        `${file.sizeBytes} bytes were expected, but it has ${stats.size}`,
      )
    }
  }
}

/** Reads every file and compares its SHA-256. Throws PACK_FILE_MISSING or PACK_CORRUPT for the first that differs. */
export async function verifyPackFolder(
  folder: string,
  manifest: PackManifest,
  options: {
    readonly signal?: AbortSignal | undefined
    readonly onBytes?: ((count: number) => void) | undefined
  } = {},
): Promise<void> {
  await checkPackSizes(folder, manifest)
  for (const file of manifest.files) {
    const sha256 = await hashFile(packFilePath(folder, file), options)
    if (sha256 !== file.sha256) throw corrupt(manifest, file, 'its SHA-256 is another')
  }
}

/** Bytes of all files that the manifest names. */
export function packSizeBytes(manifest: PackManifest): number {
  return manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0)
}

function missing(manifest: PackManifest, file: PackFile): AppError {
  return new AppError(
    'PACK_FILE_MISSING',
    `The model pack "${manifest.name}" needs ${file.path}, which is not there. Install the pack again.`,
    { data: { file: file.path } },
  )
}

function corrupt(manifest: PackManifest, file: PackFile, how: string): AppError {
  return new AppError(
    'PACK_CORRUPT',
    `${file.path} of the model pack "${manifest.name}" is damaged: ${how}. Install the pack again.`,
    { data: { file: file.path } },
  )
}
