import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const small = await mountSmallDisk()

/** A disk of six megabytes; only root may make one, so elsewhere the tests are skipped. */
async function mountSmallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    await rm(folder, { recursive: true })
    return null
  }
}

describe.skipIf(small === null)('a full disk', () => {
  const disk = small ?? ''
  let core: TestCore

  beforeAll(async () => {
    core = await openTestCore('direct')
  })
  afterAll(async () => {
    await core.close()
    execFileSync('umount', [disk])
    await rm(disk, { recursive: true })
  })

  it('ends an export with a clear reason and leaves nothing half-written', async () => {
    const source = join(core.folder, 'source')
    for (let index = 0; index < 3; index += 1) {
      await writeTexts(source, { [`${index}.txt`]: `picture ${index}` })
      await writePicture(join(source, `${index}.png`), `rgb(${index}, 0, 0)`)
    }
    await writeTexts(source, { 'long.txt': 'x'.repeat(900_000) })
    await writePicture(join(source, 'long.png'), 'white')
    await importSource(core.client, { path: source })
    await mkdir(join(disk, 'exports'))
    execFileSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1k', 'count=5500'], {
      stdio: 'ignore',
    })
    const out = join(disk, 'exports', 'out')
    const { jobId } = await core.client.exports.start({ format: 'realign', out })
    const job = await waitForJob(core.client, jobId)
    expect(job).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
    expect(await readdir(join(disk, 'exports'))).toEqual([])
    await rm(join(disk, 'filler'))
    await core.client.jobs.resume({ jobId })
    expect((await waitForJob(core.client, jobId)).state).toBe('done')
    await rm(join(disk, 'exports'), { recursive: true })
  })

  it('ends an import with a clear reason, keeps what is stored, and goes on when there is room', async () => {
    const source = join(core.folder, 'table')
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      file_name: `${index}.png`,
      alt: `a long alternative text number ${index} with many words that fill the disk quickly`,
    }))
    await writeTexts(source, { 'table.jsonl': toJsonl(rows) })
    await core.client.projects.create({ folder: join(disk, 'project') })
    const { jobId } = await core.client.imports.start({ path: join(source, 'table.jsonl') })
    const job = await waitForJob(core.client, jobId)
    expect(job).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
    expect((await core.client.projects.stats()).images).toBeLessThan(20_000)
    execFileSync('mount', ['-o', 'remount,size=100m', disk])
    await core.client.jobs.resume({ jobId })
    expect((await waitForJob(core.client, jobId)).state).toBe('done')
    expect((await core.client.projects.stats()).images).toBe(20_000)
    await core.client.projects.open({ folder: join(core.folder, 'project') })
  })
})
