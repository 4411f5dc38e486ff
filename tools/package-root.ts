import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** Reports, build stamps and caches: everything that may be deleted at any time. */
export const CACHE = join(ROOT, '.cache')
