import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { RecentProject } from '../../../shared/contract/projects.ts'
import type { Log } from '../../base/log.ts'

const MAX_RECENT = 12
const MAX_FORMER_NAMES = 20

const stored = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  tileSizePx: z.int().min(96).max(512).catch(208),
  libraryLayout: z.enum(['grid', 'table']).catch('grid'),
  reviewOrder: z.enum(['submitted', 'risk']).catch('submitted'),
  personName: z.string().trim().min(1).max(100).catch(readUserName),
  keys: z.record(z.string(), z.array(z.string())).catch({}),
  /** Newest first: projects that know the person by one of these are told the new name when they open. */
  formerNames: z.array(z.string()).catch([]),
  recent: z
    .array(z.object({ folder: z.string(), name: z.string(), openedAt: z.number() }))
    .catch([]),
})
type Stored = z.infer<typeof stored>

export interface SettingsService {
  get(): Settings
  set(changes: { readonly [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<Settings>
  /** The names that the user had before the one of now, newest first. */
  formerNames(): readonly string[]
  recent(): readonly RecentProject[]
  rememberProject(project: { readonly folder: string; readonly name: string }): Promise<void>
}

/** The per-user settings file. A damaged file or value falls back to the default and is never fatal. */
export async function createSettings(options: {
  readonly dataFolder: string
  readonly log: Log
}): Promise<SettingsService> {
  const path = join(options.dataFolder, 'settings.json')
  let current = await load(path, options.log)
  let writing = Promise.resolve()

  function save(next: Stored): Promise<void> {
    current = next
    // One write after another, each complete: two windows may change settings at once.
    writing = writing
      .then(() => store(path, next))
      .catch((error: unknown) => {
        options.log.warn('The settings could not be stored', { error })
      })
    return writing
  }

  return {
    get: () => toSettings(current),
    async set(changes) {
      const given = Object.fromEntries(
        Object.entries(changes).filter(([, value]) => value !== undefined),
      )
      const next = stored.parse({ ...current, ...given })
      await save({ ...next, formerNames: formerNamesAfter(current, next.personName) })
      return toSettings(current)
    },
    formerNames: () => current.formerNames,
    recent: () => current.recent,
    async rememberProject(project) {
      const others = current.recent.filter((recent) => recent.folder !== project.folder)
      const recent = [{ ...project, openedAt: Date.now() }, ...others].slice(0, MAX_RECENT)
      await save({ ...current, recent })
    },
  }
}

function formerNamesAfter({ personName, formerNames }: Stored, next: string): string[] {
  return [...new Set([personName, ...formerNames])]
    .filter((name) => name !== next)
    .slice(0, MAX_FORMER_NAMES)
}

function toSettings(value: Stored): Settings {
  const { theme, tileSizePx, libraryLayout, reviewOrder, personName, keys } = value
  return { theme, tileSizePx, libraryLayout, reviewOrder, personName, keys }
}

async function load(path: string, log: Log): Promise<Stored> {
  try {
    return stored.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      log.warn('The settings file could not be read; defaults are used', { error })
    }
    return stored.parse({})
  }
}

async function store(path: string, value: Stored): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`)
  await rename(temporary, path)
}

function readUserName(): string {
  try {
    return userInfo().username
  } catch {
    return 'You'
  }
}
