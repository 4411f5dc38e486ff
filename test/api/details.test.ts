import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const LIMIT_MS = 120_000
const PICTURES = ['scene-00001.jpg', 'scene-00002.jpg', 'scene-00003.jpg'] as const

/** The bundled sample with a few of its pictures, so that importing it takes no time. */
async function writeSmallSample(folder: string): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true })
  const table = await readFile(join(sampleFolder(), 'metadata.jsonl'), 'utf8')
  const rows = table.split('\n').filter((row) => PICTURES.some((name) => row.includes(name)))
  await writeFile(join(folder, 'metadata.jsonl'), `${rows.join('\n')}\n`)
  for (const name of PICTURES) {
    await copyFile(join(sampleFolder(), 'images', name), join(folder, 'images', name))
  }
}

describe('details and specificity', () => {
  let core: TestCore
  let folder: string
  let imageId: ImageId

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realign-details-'))
    await writeSmallSample(folder)
    core = await openTestCore('direct', { sampleFolder: folder })
    await core.client.projects.openSample()
    const jobs = await core.client.jobs.list({})
    for (const { id } of jobs) await waitForJob(core.client, id)
    const sort = { key: 'name', descending: false } as const
    const { rows } = await core.client.library.page({
      ...{ query: 'name:scene-00001', sort, position: 0, limit: 1 },
    })
    imageId = rows[0]?.id as ImageId
  }, LIMIT_MS)
  afterAll(async () => {
    await core.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function detailsOf(caption: string): Promise<string[]> {
    await core.client.checks.run({ imageId, caption })
    const { details } = await core.client.judgements.get({ imageId, caption })
    for (const { region, probability } of details) {
      expect(region?.width).toBeGreaterThan(0)
      expect(probability).toBeGreaterThan(0.5)
    }
    return details.map(({ phrase }) => phrase)
  }

  it(
    'offer what a caption leaves out, and nothing that it says or that was dismissed',
    async () => {
      const bare = await detailsOf('A picture.')
      expect(bare.length).toBeGreaterThan(1)
      expect(bare.length).toBeLessThanOrEqual(5)
      expect(bare).toContain('a park')
      expect(await detailsOf('A picture of a park.')).not.toContain('a park')
      const override = { kind: 'detail', phrase: 'a park', answer: 'dismissed' } as const
      await core.client.judgements.answer({ imageId, override })
      expect(await detailsOf('A picture.')).not.toContain('a park')
    },
    LIMIT_MS,
  )

  it(
    'tell how a caption sets its image apart once vectors are there',
    async () => {
      const caption = 'A golden park with bushes and fallen leaves.'
      const ask = () => core.client.checks.specificity({ imageId, caption })
      await core.client.checks.run({ imageId, caption })
      expect(await ask()).toMatchObject({ rank: null, status: 'unknown', confusable: null })
      const { jobId } = await core.client.models.embed({})
      await waitForJob(core.client, jobId)
      const found = await ask()
      expect(found).toMatchObject({ rank: 1, bagSize: 3 })
      expect(found.margin).toBeGreaterThan(0)
      expect(found.confusable?.name).toMatch(/^scene-0000[23]/)
      const park = found.units.find(({ start }) => caption.slice(start).startsWith('park'))
      expect(park?.contrast).toBeGreaterThan(0)
      expect(await core.client.checks.specificity({ imageId, caption: '' })).toMatchObject({
        ...{ rank: null, status: 'unknown' },
      })
    },
    LIMIT_MS,
  )
})
