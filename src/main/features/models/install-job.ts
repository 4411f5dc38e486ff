import { basename } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { CatalogueEntry } from '../../models/catalogue.ts'
import type { InferenceClient } from '../../models/client.ts'
import { installFromCatalogue, installFromFolder } from '../../models/install.ts'
import type { PackStore } from '../../models/store.ts'

const params = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('folder'), path: z.string() }),
  z.strictObject({ from: z.literal('catalogue'), id: z.string() }),
])
export type InstallParams = z.infer<typeof params>

const MEGABYTE = 1_000_000

/** Installs one pack. Progress is counted in megabytes; a download that was stopped goes on where it was. */
export function createInstallKind(options: {
  readonly store: PackStore
  readonly inference: InferenceClient
  readonly catalogue: readonly CatalogueEntry[]
  readonly host: string
}): JobKind<InstallParams> {
  const { store, inference, catalogue, host } = options
  const installing = { store, inspect: (path: string) => inference.inspect(path) }
  return {
    name: 'models.install',
    lane: 'io',
    params,
    dedupeKey: (wish) => `models.install ${wish.from === 'folder' ? wish.path : wish.id}`,
    title: (wish) =>
      wish.from === 'folder'
        ? `Install the model in “${basename(wish.path)}”`
        : `Download the model ${wish.id}`,
    async run(wish, run) {
      const megabytes = countMegabytes((count) => run.count('done', count))
      const installed =
        wish.from === 'folder'
          ? await installFromFolder(wish.path, installing, {
              signal: run.signal,
              onBytes: megabytes.add,
            })
          : await installFromCatalogue(findEntry(catalogue, wish.id), installing, {
              host,
              signal: run.signal,
              onBytes: megabytes.add,
              onTotal: (sizeBytes) => run.setTotal(Math.ceil(sizeBytes / MEGABYTE)),
            })
      const { id, revision } = installed.manifest
      run.setResult({ id, revision, bytes: installed.sizeBytes })
    },
  }
}

/** The entry of an id. Throws PACK_NOT_FOUND. */
export function findEntry(catalogue: readonly CatalogueEntry[], id: string): CatalogueEntry {
  const entry = catalogue.find((candidate) => candidate.id === id)
  if (entry !== undefined) return entry
  throw new AppError(
    'PACK_NOT_FOUND',
    `The catalogue has no model "${id}". Choose one from its list.`,
  )
}

/** Whole megabytes of bytes that come in pieces; a file that starts over takes nothing back. */
function countMegabytes(onMegabytes: (count: number) => void): {
  readonly add: (bytes: number) => void
} {
  let bytes = 0
  let counted = 0
  return {
    add(count) {
      bytes += count
      const whole = Math.floor(bytes / MEGABYTE)
      if (whole <= counted) return
      onMegabytes(whole - counted)
      counted = whole
    },
  }
}
