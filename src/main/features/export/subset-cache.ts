import type { OpenProject } from '../open-project.ts'
import type { CountedSubset, SubsetWish } from './choose-subset.ts'
import { chooseAside } from './subset-thread.ts'

/** The counts and the preview of one screen ask for the same; a million images are 5 MB. */
const MAX_KEPT = 2

interface Entry {
  readonly chosen: Promise<CountedSubset>
  readonly controller: AbortController
  waiting: number
}

export type ChooseCached = (
  project: Pick<OpenProject, 'db' | 'files'>,
  wish: SubsetWish,
) => Promise<CountedSubset>

/** Chooses once for all who ask for the same of an unchanged project, and stops when none of them waits any more. */
export function createSubsetCache(): ChooseCached {
  const entries = new Map<string, Entry>()

  return async ({ db, files }, { signal, ...wish }) => {
    const change = await db.read.currentSubsetChange()
    const key = JSON.stringify([files.folder, change, wish])
    const known = entries.get(key)
    const entry = known ?? start()
    entries.delete(key)
    entries.set(key, entry)
    for (const old of [...entries.keys()].slice(0, -MAX_KEPT)) entries.delete(old)
    entry.waiting += 1
    const leave = (): void => {
      entry.waiting -= 1
      if (entry.waiting > 0) return
      if (entries.get(key) === entry) entries.delete(key)
      entry.controller.abort()
    }
    signal.addEventListener('abort', leave)
    try {
      return await entry.chosen
    } catch (error) {
      if (entries.get(key) === entry) entries.delete(key)
      throw error
    } finally {
      signal.removeEventListener('abort', leave)
    }

    function start(): Entry {
      const controller = new AbortController()
      const chosen = chooseAside(db, { ...wish, signal: controller.signal })
      return { chosen, controller, waiting: 0 }
    }
  }
}
