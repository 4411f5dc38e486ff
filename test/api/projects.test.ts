import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDb } from '../../src/main/db/client.ts'
import { spawnNodeWorker } from '../../src/main/hosts/node/spawn.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

describe('projects', () => {
  let core: TestCore
  beforeAll(async () => {
    core = await openTestCore('direct')
  })
  afterAll(() => core.close())

  it('opens, creates and remembers projects', async () => {
    const { client, folder } = core
    const made = await client.projects.create({ folder: join(folder, 'Second project') })
    expect(made).toMatchObject({ name: 'Second project', isSample: false, isReadOnly: false })
    await client.projects.open({ folder: join(folder, 'project') })
    const recent = await client.projects.recent()
    expect(recent.map((project) => project.name)).toEqual(['project', 'Second project'])
  })

  it('says why a folder is no project', async () => {
    const { client, folder } = core
    await mkdir(join(folder, 'empty'))
    await expect(client.projects.open({ folder: join(folder, 'empty') })).rejects.toMatchObject({
      code: 'PROJECT_NOT_FOUND',
    })
    await writeTexts(join(folder, 'pictures'), { 'a.txt': 'x' })
    await expect(
      client.projects.create({ folder: join(folder, 'pictures') }),
    ).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    expect((await client.projects.current())?.name).toBe('project')
  })

  it('refuses a project of a newer version and leaves it as it was', async () => {
    const { client, folder } = core
    const newer = join(folder, 'newer')
    await client.projects.create({ folder: newer })
    await client.projects.open({ folder: join(folder, 'project') })
    const db = new Database(join(newer, 'project.realign'))
    db.pragma('user_version = 990')
    db.close()
    const before = await readFile(join(newer, 'project.realign'))
    await expect(client.projects.open({ folder: newer })).rejects.toMatchObject({
      code: 'DATABASE_FROM_FUTURE',
    })
    expect((await readFile(join(newer, 'project.realign'))).equals(before)).toBe(true)
    expect((await client.projects.current())?.name).toBe('project')
  })

  it('is open in one place only, but can be looked at from another', async () => {
    const folder = join(core.folder, 'project')
    await core.client.projects.open({ folder })
    const options = { spawn: spawnNodeWorker, folder, create: false }
    await expect(openDb({ ...options, readOnly: false })).rejects.toMatchObject({
      code: 'PROJECT_LOCKED',
    })
    const other = await openDb({ ...options, readOnly: true })
    expect((await other.read.countStats()).images).toBe(0)
    await expect(other.write.ensurePerson({ name: 'x', formerNames: [] })).rejects.toMatchObject({
      code: 'DATABASE_READ_ONLY',
    })
    await other.close()
  })

  it('lets go of the project when it closes, and keeps a backup copy', async () => {
    const folder = join(core.folder, 'backed-up')
    await core.client.projects.create({ folder })
    await writePicture(join(core.folder, 'pictures-2/a.png'), 'red')
    await importSource(core.client, { path: join(core.folder, 'pictures-2') })
    await core.client.projects.open({ folder: join(core.folder, 'project') })
    expect(existsSync(join(folder, 'project.realign-lock'))).toBe(false)
    const backup = new Database(join(folder, 'cache/backup/project.realign'), { readonly: true })
    expect(backup.prepare('SELECT count(*) FROM image').pluck().get()).toBe(1)
    backup.close()
  })

  it('says that a damaged file is damaged, and puts the backup copy in its place on request', async () => {
    const folder = join(core.folder, 'backed-up')
    await core.client.projects.open({ folder: join(core.folder, 'project') })
    const file = await open(join(folder, 'project.realign'), 'r+')
    await file.write(Buffer.alloc(8192, 0x5a), 0, 8192, 0)
    await file.close()
    await expect(core.client.projects.open({ folder })).rejects.toMatchObject({
      code: 'DATABASE_CORRUPT',
    })
    const restored = await core.client.projects.restoreBackup({ folder })
    expect(restored.notice).toContain('backup')
    expect((await core.client.projects.stats()).images).toBe(1)
  })

  it('keeps the drafts of somebody who takes another name', async () => {
    const { client, folder } = core
    await client.projects.create({ folder: join(folder, 'named') })
    await writePicture(join(folder, 'pictures-3/a.png'), 'blue')
    await importSource(client, { path: join(folder, 'pictures-3') })
    const sort = DEFAULT_SORT
    const { rows } = await client.library.page({ query: '', sort, position: 0, limit: 1 })
    const imageId = rows[0]?.id ?? (0 as ImageId)
    await client.align.autosave({ imageId, baseRevisionId: null, text: 'half done' })

    await client.settings.set({ personName: 'Mira' })
    expect((await client.align.get({ imageId })).draft?.text).toBe('half done')
    await client.projects.open({ folder: join(folder, 'project') })
    await client.settings.set({ personName: 'Mira Lindgren' })
    await client.projects.open({ folder: join(folder, 'named') })
    expect((await client.align.get({ imageId })).draft?.text).toBe('half done')
    const { revisions } = await client.align.submit({ imageId, baseRevisionId: null, text: 'done' })
    expect(revisions.map((revision) => revision.author.name)).toEqual(['Mira Lindgren'])
  })

  it('works on after its cache was removed', async () => {
    const folder = join(core.folder, 'no-cache')
    await core.client.projects.create({ folder })
    await writePicture(join(core.folder, 'pictures/a.png'), 'red', { width: 800, height: 600 })
    await importSource(core.client, { path: join(core.folder, 'pictures') })
    const page = await core.client.library.page({
      query: '',
      sort: DEFAULT_SORT,
      position: 0,
      limit: 1,
    })
    const row = page.rows[0]
    if (row === undefined) throw new Error('Nothing was imported.')
    const address = `/media/thumbnail/${row.id}?v=${row.hash}&size=256`
    expect((await core.fetch(address)).status).toBe(200)
    await rm(join(folder, 'cache'), { recursive: true, force: true })
    expect((await core.fetch(address)).status).toBe(200)
  })

  it('opens the sample as a project of its own', async () => {
    const info = await core.client.projects.openSample()
    expect(info).toMatchObject({ isSample: true, name: 'Sample project' })
    const [job] = (await core.client.jobs.list({})).filter((entry) => entry.kind === 'import.run')
    if (job === undefined) throw new Error('The sample was not imported.')
    expect(await waitForJob(core.client, job.id)).toMatchObject({ state: 'done', failed: 0 })
    expect((await core.client.projects.stats()).images).toBeGreaterThanOrEqual(100)
    await core.client.projects.open({ folder: join(core.folder, 'project') })
    expect(await core.client.projects.openSample()).toMatchObject({ uid: info.uid })
  })

  it('tells other windows what changed', async () => {
    const { client } = core
    const stream = await client.events.subscribe()
    const seen: string[] = []
    const page = await client.library.page({ query: '', sort: DEFAULT_SORT, position: 0, limit: 1 })
    const imageId = page.rows[0]?.id ?? (0 as ImageId)
    const { headRevisionId } = await client.align.get({ imageId })
    await client.align.setStatus({ imageId, baseRevisionId: headRevisionId, status: 'skipped' })
    for await (const event of stream) {
      seen.push(event.topic)
      if (event.topic === 'images' && event.imageIds?.includes(imageId) === true) break
    }
    expect(seen).toContain('images')
  })

  it('ignores damaged settings', async () => {
    await core.client.settings.set({ theme: 'dark' })
    expect((await core.client.settings.get()).theme).toBe('dark')
    await writeFile(join(core.folder, 'data/settings.json'), '{"theme": "plaid", "recent": 7')
    core = await core.restart()
    expect((await core.client.settings.get()).theme).toBe('system')
  })
})
