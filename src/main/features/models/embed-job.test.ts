import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DualEncoderPack } from '../../../shared/domain/pack.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { silentLog } from '../../base/log.ts'
import { projectFiles } from '../../db/project-files.ts'
import type { JobRun } from '../../jobs/job-kind.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackStore } from '../../models/store.ts'
import { VectorWriter, vectorFilePath } from '../../models/vector-file.ts'
import type { FeatureContext } from '../open-project.ts'
import { createEmbedKind } from './embed-job.ts'

const PACK = { id: 'tiny', revision: '1' }
const PICTURES = 1_000
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-embed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const hashOf = (id: number): string => String(id).padEnd(64, '0')

/** A project of readable pictures that exist in the listing only. */
function fakeContext(): FeatureContext {
  const read = {
    countStats: () => Promise.resolve({ images: PICTURES, missing: 0, broken: 0 }),
    listPictures: ({ after, limit }: { after: number; limit: number }) =>
      Promise.resolve(
        Array.from({ length: Math.min(limit, PICTURES - after) }, (_, index) => {
          const id = after + index + 1
          return { id: id as ImageId, path: `${id}.jpg`, hash: hashOf(id) }
        }),
      ),
  }
  const project = { files: projectFiles(folder), db: { read } }
  return { openProject: () => project } as unknown as FeatureContext
}

/** A process that answers each picture with what `answer` says. */
function fakeInference(answer: (path: string, signal: AbortSignal | undefined) => Promise<void>) {
  const picture: unknown = async (
    { path }: { path: string },
    asking: { signal?: AbortSignal } = {},
  ) => {
    await answer(path, asking.signal)
    return { vector: Float32Array.of(1, 0, 0, 0), tiles: [], patches: null }
  }
  return { picture, slots: 16 } as unknown as InferenceClient
}

function fakeStore(isThere: () => boolean): PackStore {
  const manifest = { ...PACK, task: 'dual-encoder', dimension: 4 } as DualEncoderPack
  const get: PackStore['get'] = () =>
    isThere()
      ? Promise.resolve({ manifest, folder, isBundled: false, sizeBytes: 0 })
      : Promise.reject(new AppError('PACK_NOT_FOUND', 'gone'))
  return { get } as PackStore
}

function startRun(signal: AbortSignal) {
  const counts = { done: 0, skipped: 0, failed: 0 }
  const run: JobRun = {
    id: 1 as JobId,
    signal,
    log: silentLog,
    setTotal: () => undefined,
    count: (outcome, by = 1) => (counts[outcome] += by),
    fail: () => (counts.failed += 1),
    markProgress: () => undefined,
    setResult: () => undefined,
  }
  return { run, counts }
}

async function embed(options: {
  readonly answer?: (path: string, signal: AbortSignal | undefined) => Promise<void>
  readonly isThere?: () => boolean
  readonly signal?: AbortSignal
}) {
  const kind = createEmbedKind({
    context: fakeContext(),
    store: fakeStore(options.isThere ?? (() => true)),
    inference: fakeInference(options.answer ?? (() => Promise.resolve())),
  })
  const { run, counts } = startRun(options.signal ?? new AbortController().signal)
  const outcome = await kind.run({ packId: 'tiny', revision: '1' }, run).then(
    () => null,
    (error: unknown) => error,
  )
  const covered = await VectorWriter.count(vectorFilePath(join(folder, 'cache'), PACK), 4)
  return { outcome, counts, covered }
}

describe('the embed job', () => {
  test('covers every picture once', async () => {
    const first = await embed({})
    expect(first).toMatchObject({ outcome: null, covered: PICTURES, counts: { done: PICTURES } })
    const second = await embed({})
    expect(second).toMatchObject({ outcome: null, counts: { done: 0, skipped: PICTURES } })
  })

  test('never has more in work than the process can use', async () => {
    let inWork = 0
    let most = 0
    await embed({
      answer: async () => {
        inWork += 1
        most = Math.max(most, inWork)
        await new Promise((resolve) => setImmediate(resolve))
        inWork -= 1
      },
    })
    expect(most).toBe(16)
  })

  test('keeps what was computed when it is stopped, and goes on from there', async () => {
    const controller = new AbortController()
    let answered = 0
    const stopped = await embed({
      signal: controller.signal,
      answer: async (_path, signal) => {
        await new Promise((resolve) => setImmediate(resolve))
        answered += 1
        if (answered === 300) controller.abort('shutdown')
        signal?.throwIfAborted()
      },
    })
    expect(stopped.outcome).toBe('shutdown')
    expect(stopped.counts.failed).toBe(0)
    expect(stopped.covered).toBeGreaterThan(256)
    const rest = await embed({})
    expect(rest.counts.skipped).toBe(stopped.covered)
    expect(rest.covered).toBe(PICTURES)
  })

  test('goes on past a bad picture, and stops for a bad pack', async () => {
    const bad = await embed({
      answer: (path) =>
        path === '7.jpg'
          ? Promise.reject(new AppError('IMAGE_UNREADABLE', 'broken'))
          : Promise.resolve(),
    })
    expect(bad).toMatchObject({ outcome: null, counts: { done: PICTURES - 1, failed: 1 } })
    await rm(join(folder, 'cache'), { recursive: true })
    const pack = await embed({
      answer: () => Promise.reject(new AppError('PACK_GRAPH_INVALID', 'no model')),
    })
    expect(pack).toMatchObject({ outcome: { code: 'PACK_GRAPH_INVALID' }, covered: 0 })
  })

  test('gives up when the model fails for one picture after the other', async () => {
    const failing = await embed({
      answer: () => Promise.reject(new AppError('PACK_OUTPUT_INVALID', 'NaN')),
    })
    expect(failing.outcome).toMatchObject({ code: 'PACK_OUTPUT_INVALID' })
    expect(failing.counts.failed).toBeLessThan(40)
  })

  test('stores nothing more once its pack was removed or replaced', async () => {
    let asked = 0
    const changed = await embed({
      isThere: () => {
        asked += 1
        // Asked at the start and before each block.
        return asked <= 2
      },
    })
    expect(changed.outcome).toMatchObject({ code: 'PACK_CHANGED' })
    expect(changed.covered).toBe(256)
  })
})
