import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  createInThreadSpawn,
  type ServeInThread,
} from '../../../../test/support/in-thread-spawn.ts'
import { openWriter } from '../../db/connection.ts'
import { exportParams } from './export-params.ts'
import type { ExportOrder } from './write-export.ts'
import { serveExports } from './write-serve.ts'
import { createWriteAside, type WriteAside } from './write-thread.ts'

const JOB = 7

let parent: string
let folder: string
let out: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'realign-write-'))
  folder = join(parent, 'project')
  out = join(parent, 'exports', 'set')
  await openWriter(folder, { create: true }).close()
})
afterEach(() => rm(parent, { recursive: true, force: true }))

/** In this thread, so that it can be ended at any point. */
function asideServedBy(serve: ServeInThread): WriteAside {
  const spawn = createInThreadSpawn({ subset: serve })
  return createWriteAside(() => spawn('subset', {}))
}

function orderOf(jobId: number): ExportOrder {
  const params = exportParams.parse({ format: 'jsonl', where: '', out, options: {} })
  const counts = { count: 0, steps: [], splits: [], concepts: [], notes: [] }
  const chosen = { imageIds: new Uint32Array(), splits: null, counts }
  return { params, jobId, chosen, appVersion: 'test' }
}

function around(project: string, signal: AbortSignal = new AbortController().signal) {
  const unasked = (): Promise<never> => Promise.reject(new Error('not asked for'))
  const tools = { text: { shape: unasked }, tokenizers: { find: unasked } }
  return { folder: project, signal, tools, readPicture: unasked, onNews: () => undefined }
}

it('writes in the thread, and keeps codes of errors on their way', async () => {
  const writeAside = asideServedBy((channel) => serveExports(channel))
  const written = await writeAside(orderOf(JOB), around(folder))
  expect(written).toMatchObject({ files: 1, counts: { done: 0, skipped: 0, failed: 0 } })
  expect(await readdir(join(parent, 'exports'))).toEqual(['set'])
  await expect(writeAside(orderOf(JOB), around(join(parent, 'no')))).rejects.toMatchObject({
    code: 'PROJECT_NOT_FOUND',
  })
})

it('ends an export that is given up, and leaves nothing of it', async () => {
  const writeAside = asideServedBy((channel) => serveExports(channel))
  const controller = new AbortController()
  const given = writeAside(orderOf(JOB), around(folder, controller.signal))
  controller.abort('cancelled')
  await expect(given).rejects.toMatchObject({ name: 'AbortError' })
  expect(await readdir(join(parent, 'exports'))).toEqual([])
})

it('clears away what a thread that died left beside the target', async () => {
  const staging = join(parent, 'exports', `.set.realign-${JOB}.partial`)
  const writeAside = asideServedBy((channel) => {
    channel.onMessage(() => {
      void mkdir(staging, { recursive: true }).then(() => {
        channel.kill()
      })
    })
  })
  await expect(writeAside(orderOf(JOB), around(folder))).rejects.toMatchObject({
    code: 'WORKER_CRASHED',
  })
  expect(await readdir(join(parent, 'exports'))).toEqual([])
})
