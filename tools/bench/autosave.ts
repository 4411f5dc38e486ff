import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { projectFiles } from '../../src/main/db/project-files.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { buildProgram, startHost } from '../program.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow, stop, timeOf, timeRow } from './host-cases.ts'
import { quantile } from './statistics.ts'
import { buildSyntheticProject } from './synthetic-project.ts'

const IMAGES = 20_000
const PAUSES = 300
/** The first ones open connections and compile code. */
const WARM_UP = 30
const PAUSE_MS = 5

/**
 * Milliseconds from a pause in typing to the answer that the text is on the disk, through HTTP and the writer's thread,
 * against a bare commit of one such row with the same durability on the same disk. The two take turns.
 */
export async function benchAutosave(): Promise<BenchRow[]> {
  return withFolder(async (folder) => {
    const project = join(folder, 'project')
    buildSyntheticProject({ path: project, images: IMAGES, seed: 1 })
    const host = startHost(await buildProgram(join(folder, 'data')), project)
    const client = await host.ready
    const commit = openBareCommit(join(folder, 'bare'))
    const { rows } = await client.library.page({
      ...{ query: 'status:todo', sort: DEFAULT_SORT, position: 0, limit: 1 },
    })
    const image = await client.align.get({ imageId: rows[0]?.id ?? failNoImage() })
    const write = { imageId: image.id, baseRevisionId: image.headRevisionId }
    const turns: { readonly value: number; readonly limit: number }[] = []
    let text = image.startText
    for (let pause = 0; pause < PAUSES + WARM_UP; pause += 1) {
      text += 'x'
      const value = await timeOf(() => client.align.autosave({ ...write, text }))
      const limit = commit.time(text)
      if (pause >= WARM_UP) turns.push({ value, limit })
      await sleep(PAUSE_MS)
    }
    commit.close()
    await stop(host)
    const values = turns.map((turn) => turn.value)
    return [timeRow('autosave', turns), plainRow('autosave.p95', quantile(values, 0.95), 'ms')]
  })
}

function openBareCommit(folder: string): { time(text: string): number; close(): void } {
  const path = projectFiles(folder).database
  buildSyntheticProject({ path: folder, images: 1, seed: 1 })
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const save = db.prepare(
    `INSERT INTO autosave (image_id, person_id, text, saved_at) VALUES (1, 1, ?, 0)
     ON CONFLICT (image_id, person_id) DO UPDATE SET text = excluded.text`,
  )
  return {
    time(text) {
      const startedAt = performance.now()
      save.run(text)
      return performance.now() - startedAt
    },
    close: () => void db.close(),
  }
}

function failNoImage(): never {
  throw new Error('The synthetic project has no image that nobody has worked on.')
}
