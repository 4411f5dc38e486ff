import { stat } from 'node:fs/promises'
import type {
  CatalogueEntryInfo,
  EmbedStatus,
  ImageSearchAnswer,
  InstalledPackInfo,
  ModelStatus,
  PackSpeed,
  PackTrial,
} from '../../../shared/contract/models.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import {
  findPackFile,
  PACK_TASKS,
  type PackRef,
  type PackTask,
} from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asking } from '../../base/asking.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import { describeTrust, type CatalogueEntry } from '../../models/catalogue.ts'
import type { InferenceClient } from '../../models/client.ts'
import { readLabelFile } from '../../models/detector-labels.ts'
import type { DeviceWish } from '../../models/device.ts'
import { packFilePath } from '../../models/pack-file-path.ts'
import type { InstalledPack, PackStore } from '../../models/store.ts'
import { vectorFilePath, VectorWriter } from '../../models/vector-file.ts'
import type { FeatureContext } from '../open-project.ts'
import {
  findChosenPack,
  resolveEncoder,
  type InstalledDetector,
  type InstalledEncoder,
} from './choose-pack.ts'
import { countPictures, type EmbedParams } from './embed-job.ts'
import { findEntry, type InstallParams } from './install-job.ts'
import type { createModelSettings } from './model-settings.ts'
import { measureSpeed, tryOnImage } from './trial.ts'
import { describePack, searchImages, type ImageSearch } from './search.ts'

export interface ModelsService {
  list(): Promise<{
    packs: InstalledPackInfo[]
    broken: {
      id: string
      revision: string | null
      isBundled: boolean
      problem: { code: string; message: string }
    }[]
    catalogue: CatalogueEntryInfo[]
  }>
  verify(ref: PackRef): Promise<void>
  install(asking: Asking, wish: InstallParams): Promise<{ jobId: JobId }>
  remove(ref: PackRef): Promise<void>
  choose(task: PackTask, id: string | null): Promise<void>
  setDevice(device: DeviceWish): Promise<ModelStatus>
  status(): Promise<ModelStatus>
  /** The encoder of that id, or the one to use where none is named; null where there is none. */
  encoder(id: string | undefined): Promise<(PackRef & { readonly dimension: number }) | null>
  /** The encoder in use, with its folder; null where there is none. */
  installedEncoder(): Promise<InstalledEncoder | null>
  /** The detector in use, with its folder and the names of what it can find; null where there is none. */
  installedDetector(): Promise<InstalledDetector | null>
  /** The names of what an installed detector can find; empty where it is not there. */
  detectorLabels(pack: PackRef): Promise<readonly string[]>
  embedStatus(wish: { readonly pack?: string | undefined }): Promise<EmbedStatus>
  embed(asking: Asking, wish: { readonly pack?: string | undefined }): Promise<{ jobId: JobId }>
  search(
    asking: Asking,
    search: ImageSearch & { readonly pack?: string | undefined },
  ): Promise<ImageSearchAnswer>
  measure(ref: PackRef): Promise<PackSpeed>
  tryOn(
    wish: PackRef & { readonly imageId: ImageId; readonly phrases: readonly string[] },
  ): Promise<PackTrial>
}

export function createModels(options: {
  readonly context: FeatureContext
  readonly store: PackStore
  readonly inference: InferenceClient
  readonly settings: ReturnType<typeof createModelSettings>
  readonly catalogue: readonly CatalogueEntry[]
  readonly embedKind: JobKind<EmbedParams>
  readonly installKind: JobKind<InstallParams>
  /** Whether the open project is the bundled sample, whose world the starter pack knows. */
  readonly isSample: () => boolean
}): ModelsService {
  const { context, store, inference, settings, catalogue, isSample } = options

  async function encoder(id: string | undefined) {
    await settings.load()
    return resolveEncoder(store, settings, { id, isSample: isSample() })
  }

  /** None is no mistake where none was named. */
  async function findEncoder(id: string | undefined): Promise<InstalledEncoder | null> {
    try {
      return await encoder(id)
    } catch (error) {
      const isNone = error instanceof AppError && error.code === 'PACK_NOT_FOUND'
      if (isNone && id === undefined) return null
      throw error
    }
  }

  async function status(): Promise<ModelStatus> {
    await settings.load()
    const running = await inference.status()
    return {
      device: {
        wish: settings.device(),
        inUse: running?.devices.device ?? null,
        fallbacks: [...(running?.devices.fallbacks ?? [])],
      },
      isRunning: running !== null,
      memoryBytes: running?.memoryBytes ?? null,
      loaded: (running?.loaded ?? []).map(({ pack, role, sizeBytes }) => ({
        pack,
        role,
        sizeBytes,
      })),
      rates: (running?.rates ?? []).map((rate) => ({ ...rate })),
    }
  }

  return {
    async list() {
      await settings.load()
      const listing = await store.list()
      const chosen = new Set(
        PACK_TASKS.map((task) =>
          findChosenPack(listing, {
            task,
            chosenId: settings.chosen(task),
            isSample: isSample(),
          }),
        ),
      )
      return {
        packs: listing.packs.map((pack) => toPackInfo(pack, chosen.has(pack))),
        broken: listing.broken.map(({ id, revision, isBundled, error }) => ({
          id,
          revision,
          isBundled,
          problem: { code: error.code, message: error.message },
        })),
        catalogue: catalogue.map((entry) =>
          toEntryInfo(
            entry,
            listing.packs.some(({ manifest }) => manifest.id === entry.id),
          ),
        ),
      }
    },
    verify: (ref) => store.verify(ref),
    async install(asking, wish) {
      if (wish.from === 'catalogue') findEntry(catalogue, wish.id)
      const { scheduler } = context.project(asking)
      return { jobId: await scheduler.add(options.installKind, wish) }
    },
    remove: (ref) => store.remove(ref),
    async choose(task, id) {
      await settings.load()
      if (id !== null) await store.get({ id })
      await settings.choose(task, id)
    },
    async setDevice(device) {
      await settings.load()
      await settings.setDevice(device)
      inference.restart()
      return status()
    },
    status,
    async encoder(id) {
      const pack = await findEncoder(id)
      if (pack === null) return null
      const { id: packId, revision, dimension } = pack.manifest
      return { id: packId, revision, dimension }
    },
    installedEncoder: () => findEncoder(undefined),
    async installedDetector() {
      await settings.load()
      const pack = findChosenPack(await store.list(), {
        ...{ task: 'detector', chosenId: settings.chosen('detector'), isSample: false },
      })
      const file = pack === null ? undefined : findPackFile(pack.manifest, 'labels')
      if (pack?.manifest.task !== 'detector' || file === undefined) return null
      const { manifest, folder } = pack
      // A pack that was removed just now looks at nothing any more.
      const labels = await readLabelFile(packFilePath(folder, file)).catch(() => null)
      return labels === null ? null : { ...pack, manifest, labels }
    },
    async detectorLabels(ref) {
      const pack = await store.get(ref).catch(() => null)
      const file = pack === null ? undefined : findPackFile(pack.manifest, 'labels')
      if (pack === null || file === undefined) return []
      return readLabelFile(packFilePath(pack.folder, file)).catch(() => [])
    },
    async embedStatus({ pack: id }) {
      const { db, files } = context.openProject()
      const pack = await findEncoder(id)
      if (pack === null) {
        return { pack: null, covered: 0, total: await countPictures(db), sizeBytes: 0 }
      }
      const path = vectorFilePath(files.cache, pack.manifest)
      const covered = await VectorWriter.count(path, pack.manifest.dimension)
      const found = await stat(path).catch(() => null)
      return {
        pack: describePack(pack),
        covered,
        total: await countPictures(db),
        sizeBytes: found?.size ?? 0,
      }
    },
    async embed(asking, { pack: id }) {
      const { scheduler } = context.project(asking)
      const { manifest } = await encoder(id)
      const params = { packId: manifest.id, revision: manifest.revision }
      return { jobId: await scheduler.add(options.embedKind, params) }
    },
    async search(asking, { pack: id, ...search }) {
      const project = context.project(asking)
      return searchImages(search, { project, pack: await encoder(id), inference })
    },
    async measure({ id, revision }) {
      const { db } = context.openProject()
      return measureSpeed({ db, inference, pack: await store.get({ id, revision }) })
    },
    async tryOn({ id, revision, imageId, phrases }) {
      const { db } = context.openProject()
      const pack = await store.get({ id, revision })
      return tryOnImage({ imageId, phrases }, { db, inference, pack })
    },
  }
}

function toPackInfo(
  { manifest, isBundled, sizeBytes }: InstalledPack,
  isChosen: boolean,
): InstalledPackInfo {
  const { id, revision, name, task, licence, source, scope, precision } = manifest
  return {
    id,
    revision,
    name,
    task,
    licence: licence.url === undefined ? { id: licence.id } : { id: licence.id, url: licence.url },
    source: source.url,
    scope: { ...scope },
    precision,
    sizeBytes,
    isBundled,
    isChosen,
  }
}

function toEntryInfo(entry: CatalogueEntry, isInstalled: boolean): CatalogueEntryInfo {
  const sizes = entry.files.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]))
  const isKnown = sizes.length > 0 && sizes.length === entry.files.length
  return {
    id: entry.id,
    name: entry.name,
    task: entry.task,
    licence: { ...entry.licence },
    source: entry.repository,
    note: entry.note,
    revision: entry.revision,
    sizeBytes: isKnown ? sizes.reduce((sum, size) => sum + size, 0) : null,
    trust: describeTrust(entry),
    files: entry.files.map(({ path }) => path),
    isInstalled,
  }
}
