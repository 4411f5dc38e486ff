import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { endOf, openBenchCore } from '../bench/bench-core.ts'

/** What reading a data set by itself came to; the import of it must come to the same. */
export interface ReadOutcome {
  readonly path: string
  readonly format: string
  /** Records and errors up to the end, or to where it could not be read on. */
  readonly rows: number
  readonly isReadToEnd: boolean
}

export interface Imports {
  /** Imports a data set into the one project of all cases. Throws with what is wrong. */
  check(read: ReadOutcome): Promise<void>
  close(): Promise<void>
}

/** A whole core with its threads and processes, and a project in the folder. */
export async function openImports(folder: string): Promise<Imports> {
  const core = await openBenchCore(folder)
  const { client } = core
  // Thumbnails are not what is looked at.
  await client.jobs.pauseLane({ lane: 'cpu', paused: true })

  async function importSet({ path, format }: ReadOutcome) {
    const { jobId } = await client.imports.start({ path, format })
    // Throws where the job failed, whose counts are looked at all the same.
    await endOf(client, jobId).catch(() => undefined)
    return client.jobs.get({ jobId })
  }

  return {
    async check(read) {
      const before = await readTree(read.path)
      const job = await importSet(read).catch((error: unknown) => {
        if (read.isReadToEnd) throw error
        return null
      })
      const after = await readTree(read.path)
      if (after !== before) throw new Error('The import changed its source.')
      if (job === null) return
      const counted = job.done + job.skipped + job.failed
      if (counted !== read.rows) {
        const sum = `${job.done} done + ${job.skipped} skipped + ${job.failed} failed`
        throw new Error(`${sum} are not the ${read.rows} rows that were read.`)
      }
      const errors = await client.jobs.errors({ jobId: job.id, limit: 500 })
      if (errors.length !== job.failed) {
        throw new Error(`${errors.length} errors are told of ${job.failed} rows that failed.`)
      }
      if (job.error?.code === 'INTERNAL' || (job.error !== null && read.isReadToEnd)) {
        throw new Error(`The job failed: ${job.error.message}`)
      }
    },
    close: () => core.close(),
  }
}

/** Names and bytes of all files of a source as one text. */
async function readTree(path: string): Promise<string> {
  const found = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)
  if (found === null) return (await readFile(path)).toString('latin1')
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = files
    .sort()
    .map(async (name) => `${name}\n${(await readFile(name)).toString('latin1')}`)
  return (await Promise.all(texts)).join('\n')
}
