import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImageId } from '../../shared/domain/ids.ts'
import type { Db } from './client.ts'
import { openReader } from './connection.ts'
import { classifyDatabaseError } from './database-errors.ts'
import { findImages, type StoredImage } from './queries/export-rows.ts'
import { describeForExchange } from './queries/project.ts'

/** Pages of images are read once and one after the other, so hardly any of it is asked for again. */
const CACHE_KILOBYTES = 16_384

/** What an export reads of a project. */
export interface ExportReads {
  describe(wish: { readonly withPeople: boolean }): Promise<ReturnType<typeof describeForExchange>>
  /** The named images in the given order, without those that are not there. */
  loadImages(imageIds: readonly ImageId[]): Promise<readonly StoredImage[]>
}

/** Over the project's own threads, for a few images. */
export function askExportReads({ read }: Pick<Db, 'read'>): ExportReads {
  return {
    describe: (wish) => read.describeForExchange(wish),
    loadImages: async (imageIds) =>
      JSON.parse(await read.loadImages({ imageIds })) as readonly StoredImage[],
  }
}

/**
 * Over a connection of the calling thread's own: most of what a row costs otherwise is its way from thread to thread.
 * Between two questions the thread hears what it is told, such as that nobody waits any more.
 */
export function openExportReads(folder: string): ExportReads & { close(): void } {
  const db = classified(() => openReader(folder))
  db.pragma(`cache_size = -${CACHE_KILOBYTES}`)
  async function ask<Answer>(query: () => Answer): Promise<Answer> {
    await nextTurn()
    // One transaction: a page must speak of one moment.
    return classified(() => db.transaction(query)())
  }
  return {
    describe: (wish) => ask(() => describeForExchange(db, wish)),
    loadImages: (imageIds) => ask(() => findImages(db, imageIds)),
    close: () => {
      db.close()
    },
  }
}

function classified<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw classifyDatabaseError(error)
  }
}
