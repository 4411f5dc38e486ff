import { describe, expect, it } from 'vitest'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { silentLog } from '../../base/log.ts'
import type { JobRun } from '../../jobs/job-kind.ts'
import { createCheckKind } from './check-job.ts'
import type { ChecksOptions } from './checks-options.ts'
import { findGround } from './ground.ts'

const IMAGES = Array.from({ length: 70 }, (_, index) => (index + 1) as ImageId)
const UNSAID = { said: [], altTexts: [], neighbours: [], labels: [], nouns: [] }
const PLAN = { language: { code: 'en', isReliable: true }, units: [] }

/** A project of so many images, of which nothing but what the job touches is there. */
function openProject(onStore: (imageId: ImageId) => void = () => undefined) {
  const stored: ImageId[] = []
  let revision = '1'
  const db = {
    read: {
      selectImageIds: ({ after }: { after: ImageId | null }) =>
        Promise.resolve(after === null ? IMAGES : []),
      listCheckWork: ({ ids }: { ids: readonly ImageId[] }) =>
        Promise.resolve(
          ids.map((imageId) => ({
            ...{ imageId, text: 'A dog.', isDone: stored.includes(imageId) },
            picture: { path: `picture ${String(imageId)}`, hash: `hash ${String(imageId)}` },
          })),
        ),
      listSwitchedOffSignals: () => Promise.resolve([]),
      findCalibration: () => Promise.resolve(null),
      getFindings: () => Promise.resolve({ detect: null, ocr: null }),
      getTextSources: () => Promise.resolve({ altTexts: [], overrides: [] }),
      listDetailAnswers: () => Promise.resolve([]),
      getColourfulness: () => Promise.resolve(null),
    },
    write: {
      storeCheck: ({ imageId }: { imageId: ImageId }) => {
        stored.push(imageId)
        onStore(imageId)
        return Promise.resolve()
      },
      storeDetails: () => Promise.resolve(),
      storeFindings: () => Promise.resolve(),
    },
  }
  const labels = Array.from({ length: 79 }, (_, index) => `thing ${String(index)}`)
  const options = {
    context: {
      openProject: () => ({ db, files: { cache: '' } }),
      publish: () => undefined,
    },
    text: { plan: () => Promise.resolve(PLAN), unsaid: () => Promise.resolve(UNSAID) },
    inference: { picture: () => Promise.resolve([]) },
    detectorLabels: () => Promise.resolve([]),
    encoder: () => Promise.resolve(null),
    detector: () =>
      Promise.resolve({
        folder: '',
        labels: [...labels, 'toothbrush'],
        manifest: {
          ...{ id: 'boxes', revision, scoreThreshold: 0.3 },
          graph: { outputs: { kind: 'yolox' } },
        },
      }),
    isSample: () => false,
  } as unknown as ChecksOptions
  return {
    stored,
    options,
    replacePack: () => {
      revision = '2'
    },
  }
}

function jobRun(signal: AbortSignal) {
  const counts = { done: 0, skipped: 0, failed: 0 }
  const run: JobRun = {
    ...{ id: 1 as JobRun['id'], signal, log: silentLog },
    setTotal: () => undefined,
    count: (outcome, by = 1) => {
      counts[outcome] += by
    },
    fail: () => {
      counts.failed += 1
    },
    markProgress: () => undefined,
    setResult: () => undefined,
  }
  return { counts, run }
}

async function paramsOf(options: ChecksOptions) {
  const { db } = options.context.openProject()
  const found = await findGround(db, options)
  if (found.kind === 'missing') throw new Error(found.why)
  return { where: '', personId: 1, ...found.ground.key }
}

describe('the check job', () => {
  it('goes on where it was stopped, and checks nothing twice', async () => {
    const stop = new AbortController()
    const project = openProject((imageId) => {
      if (imageId === 20) stop.abort()
    })
    const params = await paramsOf(project.options)
    const kind = createCheckKind(project.options)
    await expect(kind.run(params, jobRun(stop.signal).run)).rejects.toThrow()
    const before = project.stored.length
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(IMAGES.length)
    const { counts, run } = jobRun(new AbortController().signal)
    await kind.run(params, run)
    expect(counts).toEqual({ done: IMAGES.length - before, skipped: before, failed: 0 })
    expect(project.stored.toSorted((left, right) => left - right)).toEqual(IMAGES)
  })

  it('ends, and stores nothing more, when the pack was replaced', async () => {
    const project = openProject((imageId) => {
      if (imageId === 64) project.replacePack()
    })
    const params = await paramsOf(project.options)
    const job = createCheckKind(project.options).run(
      params,
      jobRun(new AbortController().signal).run,
    )
    await expect(job).rejects.toMatchObject({ code: 'PACK_CHANGED' })
    expect(project.stored).toHaveLength(64)
  })
})
