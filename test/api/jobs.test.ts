import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobId } from '../../src/shared/domain/ids.ts'
import { writePicture, writeTexts } from '../support/source-folder.ts'
import { openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const PICTURES = 160

describe('jobs', () => {
  let core: TestCore
  let source: string

  beforeAll(async () => {
    core = await openTestCore('direct')
    source = join(core.folder, 'source')
    await mkdir(source)
    for (let index = 0; index < PICTURES; index += 1) {
      await writePicture(join(source, `${index}.png`), `rgb(${index}, 120, ${255 - index})`)
    }
  })
  afterAll(() => core.close())

  it('starts one job however often the button is pressed', async () => {
    await core.client.jobs.pauseLane({ lane: 'io', paused: true })
    const started = await Promise.all(
      [1, 2, 3].map(() => core.client.imports.start({ path: source })),
    )
    expect(new Set(started.map((answer) => answer.jobId)).size).toBe(1)
    const jobId = started[0]?.jobId as JobId
    expect((await core.client.jobs.get({ jobId })).state).toBe('queued')
    expect(await core.client.jobs.lanes()).toContainEqual({ lane: 'io', isPaused: true })
    await core.client.jobs.cancel({ jobId })
    expect((await core.client.jobs.get({ jobId })).state).toBe('cancelled')
    await core.client.jobs.pauseLane({ lane: 'io', paused: false })
  })

  it('takes the newer wish when the same source is imported with other settings', async () => {
    await writeTexts(source, { 'table.csv': 'file_name,wrong,right\n0.png,bad,good\n' })
    const path = join(source, 'table.csv')
    await core.client.jobs.pauseLane({ lane: 'io', paused: true })
    const first = await core.client.imports.start({
      path,
      map: { file_name: 'image', wrong: 'alt' },
    })
    const second = await core.client.imports.start({
      path,
      map: { file_name: 'image', right: 'alt' },
    })
    expect(await core.client.jobs.get(first)).toMatchObject({
      state: 'cancelled',
      error: { code: 'JOB_REPLACED' },
    })
    await core.client.jobs.pauseLane({ lane: 'io', paused: false })
    expect((await waitForJob(core.client, second.jobId)).state).toBe('done')
    const facets = await core.client.library.facets({ query: 'alt~bad' })
    expect(facets.total).toBe(0)
  })

  it('goes on by itself after the program was closed in the middle', async () => {
    const { jobId } = await core.client.imports.start({ path: source })
    core = await core.restart()
    const job = await waitForJob(core.client, jobId)
    expect(job).toMatchObject({ state: 'done', failed: 0, total: PICTURES })
    expect(job.done + job.skipped).toBe(PICTURES)
    expect((await core.client.projects.stats()).images).toBe(PICTURES)
  })

  it('goes on after its lane was paused in the middle', async () => {
    await core.client.projects.create({ folder: join(core.folder, 'paused') })
    const { jobId } = await core.client.imports.start({ path: source })
    await core.client.jobs.pauseLane({ lane: 'io', paused: true })
    await core.client.jobs.pauseLane({ lane: 'io', paused: false })
    const job = await waitForJob(core.client, jobId)
    expect(job.state).toBe('done')
    expect(job.done + job.skipped + job.failed).toBe(PICTURES)
    expect((await core.client.projects.stats()).images).toBe(PICTURES)
  })

  it('makes thumbnails in the background after an import', async () => {
    const list = await core.client.jobs.list({})
    const thumbnails = list.find((job) => job.kind === 'media.thumbnails')
    if (thumbnails === undefined) throw new Error('No thumbnail job was started.')
    expect(await waitForJob(core.client, thumbnails.id)).toMatchObject({ state: 'done', failed: 0 })
  })

  it('says which jobs cannot be cancelled or resumed', async () => {
    const done = (await core.client.jobs.list({})).find((job) => job.state === 'done')
    if (done === undefined) throw new Error('No job is done.')
    await expect(core.client.jobs.cancel({ jobId: done.id })).rejects.toMatchObject({
      code: 'JOB_STATE',
    })
    await expect(core.client.jobs.get({ jobId: 9_999 as JobId })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
    })
  })
})
