import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDb } from '../../db/client.ts'
import { startDatabaseThreadsEarly } from './early-threads.ts'
import { spawnNodeWorker } from './spawn.ts'

const TIMEOUT_MS = 120_000
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-early-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

it(
  'opens projects over threads that were started before it was known which',
  async () => {
    startDatabaseThreadsEarly()
    // The second project finds no early threads left and starts its own.
    for (const name of ['first', 'second']) {
      const db = await openDb({
        ...{ spawn: spawnNodeWorker, folder: join(folder, name) },
        ...{ create: true, readOnly: false },
      })
      await db.write.ensurePerson({ name: 'Ada', formerNames: [] })
      expect(await db.read.getProject()).toMatchObject({ name })
      await db.close()
    }
  },
  TIMEOUT_MS,
)
