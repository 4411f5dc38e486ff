import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PackManifest, PackRef } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import {
  checkPackSizes,
  MANIFEST_NAME,
  packSizeBytes,
  readPackManifest,
  verifyPackFolder,
} from './pack-folder.ts'

/** A pack that can be used, and where it lies. */
export interface InstalledPack {
  readonly manifest: PackManifest
  readonly folder: string
  /** Part of Realign: read in place and never removed. */
  readonly isBundled: boolean
  readonly sizeBytes: number
}

/** A folder where a pack should be, and why it is none. */
export interface BrokenPack {
  readonly id: string
  readonly revision: string | null
  readonly folder: string
  readonly isBundled: boolean
  readonly error: AppError
}

export interface PackListing {
  readonly packs: readonly InstalledPack[]
  readonly broken: readonly BrokenPack[]
}

export interface WorkOptions {
  readonly signal?: AbortSignal | undefined
  readonly onBytes?: ((count: number) => void) | undefined
}

export interface PackStore {
  /** Looks at the disk anew each time; sizes are compared, hashes are not. */
  list(): Promise<PackListing>
  /** Another text once a pack came, went or was mended; far cheaper than `list()`, for whoever keeps its answer. */
  mark(): Promise<string>
  /** The pack of an id, of its newest revision in use when none is named. Throws PACK_NOT_FOUND, or why it is broken. */
  get(ref: { readonly id: string; readonly revision?: string | undefined }): Promise<InstalledPack>
  /** Compares every byte with the manifest. Throws PACK_FILE_MISSING, PACK_CORRUPT, PACK_NOT_FOUND. */
  verify(ref: PackRef, options?: WorkOptions): Promise<void>
  /** Copies a pack from a folder with a `pack.json`, verified. Installing what is installed already changes nothing. */
  installFolder(source: string, options?: WorkOptions): Promise<InstalledPack>
  /** Puts a complete staged folder in place by renaming it; it must lie under `stagingFolder()`. */
  adopt(staged: string, options?: WorkOptions): Promise<InstalledPack>
  /** A new empty folder on the same disk as the installed packs. */
  stagingFolder(): Promise<string>
  /** A fixed folder for what is fetched in several goes. */
  downloadFolder(id: string): string
  /** Removes an installed pack; a bundled one is refused with FORBIDDEN. */
  remove(ref: PackRef): Promise<void>
}

const STAGING = '.incoming'

/** The packs of this user (`models/<id>/<revision>` in the user data folder) and those that came with Realign. */
export function createPackStore(options: {
  readonly modelsFolder: string
  readonly bundledFolder: string
}): PackStore {
  const { modelsFolder, bundledFolder } = options

  async function list(): Promise<PackListing> {
    const packs: InstalledPack[] = []
    const broken: BrokenPack[] = []
    for (const place of await listPlaces()) {
      try {
        packs.push(await readPlace(place))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        broken.push({ ...place, error })
      }
    }
    return { packs, broken }
  }

  async function listPlaces(): Promise<readonly Place[]> {
    const places: Place[] = []
    for (const id of await listFolders(bundledFolder)) {
      places.push({ id, revision: null, folder: join(bundledFolder, id), isBundled: true })
    }
    for (const id of await listFolders(modelsFolder)) {
      for (const revision of await listFolders(join(modelsFolder, id))) {
        places.push({ id, revision, folder: join(modelsFolder, id, revision), isBundled: false })
      }
    }
    return places
  }

  async function mark(): Promise<string> {
    const marks = (await listPlaces()).map(async ({ folder }) => {
      const stats = await stat(join(folder, MANIFEST_NAME)).catch(() => null)
      return `${folder} ${stats?.ino ?? ''} ${stats?.mtimeMs ?? ''}`
    })
    return (await Promise.all(marks)).join('\n')
  }

  async function get(ref: {
    readonly id: string
    readonly revision?: string | undefined
  }): Promise<InstalledPack> {
    const { packs, broken } = await list()
    // Installed after bundled, so that a newer revision of a bundled pack wins.
    const found = packs.findLast(
      ({ manifest }) =>
        manifest.id === ref.id &&
        (ref.revision === undefined || manifest.revision === ref.revision),
    )
    if (found !== undefined) return found
    const spoiled = broken.find(
      (entry) =>
        entry.id === ref.id && (ref.revision === undefined || entry.revision === ref.revision),
    )
    throw spoiled?.error ?? notFound(ref)
  }

  async function adopt(staged: string, work: WorkOptions = {}): Promise<InstalledPack> {
    const manifest = await readPackManifest(staged)
    refuseBorrowedFiles(manifest)
    await verifyPackFolder(staged, manifest, work)
    const folder = join(modelsFolder, manifest.id, manifest.revision)
    await mkdir(dirname(folder), { recursive: true })
    // The same revision has the same bytes, so replacing it can only mend a broken one.
    await rm(folder, { recursive: true, force: true })
    await rename(staged, folder)
    return { manifest, folder, isBundled: false, sizeBytes: packSizeBytes(manifest) }
  }

  async function stagingFolder(): Promise<string> {
    await mkdir(join(modelsFolder, STAGING), { recursive: true })
    return mkdtemp(join(modelsFolder, STAGING, 'pack-'))
  }

  return {
    list,
    mark,
    get,
    async verify(ref, work) {
      const { folder, manifest } = await get(ref)
      await verifyPackFolder(folder, manifest, work)
    },
    async installFolder(source, work = {}) {
      const manifest = await readPackManifest(source)
      refuseBorrowedFiles(manifest)
      await checkPackSizes(source, manifest)
      const staged = await stagingFolder()
      try {
        for (const file of manifest.files) {
          work.signal?.throwIfAborted()
          const target = join(staged, ...file.path.split('/'))
          await mkdir(dirname(target), { recursive: true })
          await copyFile(join(source, ...file.path.split('/')), target)
        }
        await copyFile(join(source, MANIFEST_NAME), join(staged, MANIFEST_NAME))
        return await adopt(staged, work)
      } finally {
        await rm(staged, { recursive: true, force: true })
      }
    },
    adopt,
    stagingFolder,
    downloadFolder: (id) => join(modelsFolder, STAGING, `download-${id}`),
    async remove(ref) {
      const pack = await findPlace(ref)
      if (pack.isBundled) {
        throw new AppError('FORBIDDEN', 'This pack came with Realign and cannot be removed.')
      }
      // Renamed first, so that a half removed pack is never taken for a broken one.
      const grave = await stagingFolder()
      await rename(pack.folder, join(grave, 'removed'))
      await rm(grave, { recursive: true, force: true })
    },
  }

  /** A broken pack can be removed too. */
  async function findPlace(ref: PackRef): Promise<Pick<InstalledPack, 'folder' | 'isBundled'>> {
    const { packs, broken } = await list()
    const sound = packs.findLast(
      ({ manifest }) => manifest.id === ref.id && manifest.revision === ref.revision,
    )
    const found =
      sound ?? broken.find((entry) => entry.id === ref.id && entry.revision === ref.revision)
    if (found === undefined) throw notFound(ref)
    return found
  }
}

interface Place {
  readonly id: string
  readonly revision: string | null
  readonly folder: string
  readonly isBundled: boolean
}

async function readPlace(place: Place): Promise<InstalledPack> {
  const { folder, isBundled } = place
  const manifest = await readPackManifest(folder)
  const { id, revision } = manifest
  if (id !== place.id || (place.revision !== null && revision !== place.revision)) {
    throw new AppError(
      'PACK_INVALID',
      `The folder is named for another pack than its pack.json, which says ${id} ${revision}. Remove it and install the pack again.`,
    )
  }
  await checkPackSizes(folder, manifest)
  return { manifest, folder, isBundled, sizeBytes: packSizeBytes(manifest) }
}

/** What lies in an npm package of Realign changes with Realign, so only a pack that comes with it can say what it is. */
function refuseBorrowedFiles({ name, files }: PackManifest): void {
  const borrowed = files.find((file) => file.package !== undefined)
  if (borrowed === undefined) return
  throw new AppError(
    'PACK_INVALID',
    `The model pack "${name}" takes ${borrowed.path} from Realign itself. Put the file into the pack's folder and take "package" out of its pack.json.`,
  )
}

async function listFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

function notFound(ref: { readonly id: string; readonly revision?: string | undefined }): AppError {
  const what = ref.revision === undefined ? ref.id : `${ref.id} ${ref.revision}`
  return new AppError(
    'PACK_NOT_FOUND',
    `No model pack "${what}" is installed. Install it on the Models screen, or choose another.`,
  )
}
