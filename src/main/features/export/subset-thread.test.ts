import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { subset } from '../../../shared/contract/subset.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { openDb, type Db } from '../../db/client.ts'
import { serveDatabase } from '../../db/serve.ts'
import { createInThreadSpawn } from '../../../../test/support/in-thread-spawn.ts'
import { serveSubsets } from './subset-serve.ts'
import { chooseAside, countWordsAside } from './subset-thread.ts'

let folder: string
let db: Db

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-subset-'))
  db = await open({ create: true })
})

afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

function open({ create }: { readonly create: boolean }): Promise<Db> {
  const spawn = createInThreadSpawn({ database: serveDatabase, subset: serveSubsets })
  return openDb({ spawn, folder, create, readOnly: false })
}

const who = { where: '', personId: 1 as PersonId }
const some = subset.parse({ take: { pick: 'random', count: 5 } })

it('answers what choosing in place answers', async () => {
  const { signal } = new AbortController()
  const chosen = await chooseAside(db, { ...who, subset: some, signal })
  expect(chosen.counts.steps.map(({ step, after }) => [step, after])).toEqual([
    ['query', 0],
    ['take', 0],
  ])
  await expect(
    chooseAside(db, { ...who, where: 'nonsense:1', subset: some, signal }),
  ).rejects.toMatchObject({ code: 'QUERY_INVALID' })
})

it('rejects with the reason of who gives up, and answers the next one', async () => {
  const controller = new AbortController()
  const given = chooseAside(db, { ...who, subset: some, signal: controller.signal })
  const reason = new Error('changed my mind')
  controller.abort(reason)
  await expect(given).rejects.toBe(reason)
  const wish = { ...who, texts: 'all', seed: 0, signal: new AbortController().signal } as const
  expect(await countWordsAside(db, wish)).toEqual({ words: [], sampled: 0, of: 0 })
})

it('lets go of the project when it is closed in the middle', async () => {
  const { signal } = new AbortController()
  const given = chooseAside(db, { ...who, subset: some, signal })
  const ended = expect(given).rejects.toThrow()
  await db.close()
  await ended
  await expect(chooseAside(db, { ...who, subset: some, signal })).rejects.toMatchObject({
    code: 'PROJECT_NOT_OPEN',
  })
  db = await open({ create: false })
  expect(db.wasUnclean).toBe(false)
})
