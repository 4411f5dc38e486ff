import { cp, mkdir, readdir, rm } from 'node:fs/promises'

import type { PackManifest } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { downloadEntry } from './download.ts'
import {
  isHubFolder,
  packIdOf,
  writeHubManifest,
  type HubFacts,
  type InspectGraph,
} from './hub-folder.ts'
import { MANIFEST_NAME } from './pack-folder.ts'
import type { InstalledPack, PackStore, WorkOptions } from './store.ts'
import { loadEncoder } from './tokenizer.ts'

interface Installing {
  readonly store: PackStore
  readonly inspect: InspectGraph
}

/**
 * Installs the folder that somebody chose: one with a `pack.json`, or one as model hubs have it, for which the manifest
 * is written. The chosen folder is only read. Throws PACK_UNRECOGNISED and the errors of the store.
 */
export async function installFromFolder(
  source: string,
  { store, inspect }: Installing,
  work: WorkOptions,
): Promise<InstalledPack> {
  const names = await readdir(source).catch(() => {
    throw new AppError(
      'SOURCE_NOT_FOUND',
      'A folder with a model was expected, but it is not there or cannot be read.',
    )
  })
  if (names.includes(MANIFEST_NAME)) return store.installFolder(source, work)
  if (!isHubFolder(names)) {
    throw new AppError(
      'PACK_UNRECOGNISED',
      'A folder with a pack.json, or with config.json, preprocessor_config.json and onnx files, was expected. Choose the folder that holds these files.',
    )
  }
  const staged = await store.stagingFolder()
  try {
    await cp(source, staged, { recursive: true, filter: isWanted })
    const id = packIdOf(source)
    const facts = {
      id,
      name: id,
      licence: { id: 'NOASSERTION' },
      source: { url: '' },
      scopeNote: '',
    }
    await writeHubManifest(staged, { facts, inspect, loadEncoder, work })
    return await store.adopt(staged, work)
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

/** Links and what version control keeps do not belong to a model; PyTorch's own weights are of no use here. */
function isWanted(path: string): boolean {
  return !/[/\\](?:\.git|\.cache)(?:[/\\]|$)|\.(?:bin|safetensors|pt|pth|msgpack|h5)$/.test(path)
}

export interface DownloadProgress {
  readonly onBytes: (count: number) => void
  readonly onTotal: (sizeBytes: number) => void
}

/** Fetches an entry of the catalogue and installs it. An attempt that was stopped is gone on with. */
export async function installFromCatalogue(
  entry: CatalogueEntry,
  { store, inspect }: Installing,
  options: DownloadProgress & { readonly host: string; readonly signal: AbortSignal },
): Promise<InstalledPack> {
  const folder = store.downloadFolder(entry.id)
  await mkdir(folder, { recursive: true })
  const { revision } = await downloadEntry(entry, { ...options, folder })
  await writeHubManifest(folder, {
    facts: factsOf(entry, { host: options.host, revision }),
    inspect,
    loadEncoder,
    work: { signal: options.signal },
  })
  return store.adopt(folder, { signal: options.signal })
}

function factsOf(
  entry: CatalogueEntry,
  from: { readonly host: string; readonly revision: string },
): HubFacts {
  return {
    id: entry.id,
    name: entry.name,
    licence: entry.licence satisfies PackManifest['licence'],
    source: { url: `${from.host}/${entry.repository}`, revision: from.revision },
    scopeNote: entry.note,
  }
}
