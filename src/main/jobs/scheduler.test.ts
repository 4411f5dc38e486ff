import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createInThreadSpawn } from '../../../test/support/in-thread-spawn.ts'
import { silentLog } from '../base/log.ts'
import { openDb, type Db } from '../db/client.ts'
import { serveDatabase } from '../db/serve.ts'
import { register, type JobKind } from './job-kind.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'

let folder: string
let db: Db

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-scheduler-'))
  db = await openDb({
    ...{ folder: join(folder, 'project'), create: true, readOnly: false },
    spawn: createInThreadSpawn({ database: serveDatabase }),
  })
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

function createKind(work: () => Promise<void>): JobKind<Record<string, never>> {
  return {
    ...{ name: 'test', lane: 'io', params: z.strictObject({}), dedupeKey: () => null },
    title: () => 'Test',
    run: work,
  }
}

function start(kind: JobKind<Record<string, never>>, over: Db): Promise<Scheduler> {
  return createScheduler({
    ...{ db: over, kinds: [register(kind)], log: silentLog, publish: () => {} },
  })
}

/** The same database, which calls back once a job's start is stored. */
function withStartHook(onStarted: () => void): Db {
  return {
    ...db,
    write: new Proxy(db.write, {
      get: (target, name) =>
        name === 'startJob'
          ? async (args: Parameters<typeof target.startJob>[0]) => {
              const job = await target.startJob(args)
              onStarted()
              return job
            }
          : (Reflect.get(target, name) as unknown),
    }),
  }
}

it('leaves a job in the queue that was being started when the project was closed', async () => {
  let runs = 0
  const kind = createKind(() => {
    runs += 1
    return Promise.resolve()
  })
  const scheduler: Scheduler = await start(
    kind,
    withStartHook(() => void scheduler.close()),
  )
  const id = await scheduler.add(kind, {})
  await scheduler.close()
  expect(runs).toBe(0)
  expect(await db.read.findJob({ id })).toMatchObject({ state: 'queued', attempts: 0 })
})

it('does not count a proper close as an attempt that failed', async () => {
  const kind = createKind(() => new Promise((resolve) => setTimeout(resolve, 20)))
  let scheduler = await start(kind, db)
  const id = await scheduler.add(kind, {})
  for (let round = 0; round < 8; round += 1) {
    await scheduler.close()
    scheduler = await start(kind, db)
  }
  while ((await scheduler.get(id)).state !== 'done') {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await scheduler.close()
})
