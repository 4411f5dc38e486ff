import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'

const MANIFEST = 'realign-manifest.json'

interface Manifest {
  readonly counts: { readonly done: number; readonly skipped: number; readonly failed: number }
  readonly files: readonly {
    readonly name: string
    readonly bytes: number
    readonly sha256: string
  }[]
}

export interface TargetState {
  /** Null where nothing has the target's name. */
  readonly counts: Manifest['counts'] | null
  readonly violations: readonly string[]
}

/** Under its name an export is whole, with every file as its manifest says, or it is not there at all. */
export async function checkTarget(out: string): Promise<TargetState> {
  const names = await listFiles(out)
  if (names === null) return { counts: null, violations: [] }
  const say = (what: string): string => `The export ${basename(out)} ${what}.`
  if (!names.includes(MANIFEST)) {
    return { counts: null, violations: [say('is visible without its manifest')] }
  }
  const manifest = JSON.parse(await readFile(join(out, MANIFEST), 'utf8')) as Manifest
  const listed = new Set(manifest.files.map((file) => file.name))
  const violations = names
    .filter((name) => name !== MANIFEST && !listed.has(name))
    .map((name) => say(`holds ${name}, which its manifest does not name`))
  for (const file of manifest.files) {
    const bytes = await readFile(join(out, file.name)).catch(() => null)
    if (bytes === null) violations.push(say(`lacks ${file.name}`))
    else if (bytes.length !== file.bytes || hash(bytes) !== file.sha256) {
      violations.push(say(`has ${file.name} with other bytes than its manifest says`))
    }
  }
  return { counts: manifest.counts, violations }
}

/** What an export that came to its end may not leave beside its target. */
export async function findLeftovers(out: string): Promise<readonly string[]> {
  const names = await readdir(dirname(out))
  return names
    .filter((name) => name.startsWith(`.${basename(out)}.`))
    .map((name) => `The export ${basename(out)} left ${name} behind.`)
}

async function listFiles(folder: string): Promise<string[] | null> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
