import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFiles } from '../../src/main/db/project-files.ts'
import { undoChange } from '../../src/main/db/queries/journal.ts'
import type { ImageId, PersonId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import type { TextEdit } from '../../src/shared/domain/text-edit.ts'
import { BRIDGES } from '../support/bridges.ts'
import { toJsonl, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const MANY = 2_100
const ALL = { kind: 'query', query: '', except: [] as ImageId[] } as const

function replace(find: string, replacement: string, isPattern = false): TextEdit {
  return { kind: 'replace', find, replacement, isPattern, matchCase: true, wholeWords: false }
}

async function open(bridge: (typeof BRIDGES)[number], images: number): Promise<TestCore> {
  const core = await openTestCore(bridge)
  const rows = Array.from({ length: images }, (_, index) => ({
    ...{ id: `i${String(index).padStart(5, '0')}`, cap: `A bus, number ${index}.` },
  }))
  const path = join(core.folder, 'source/table.jsonl')
  await writeTexts(core.folder, { 'source/table.jsonl': toJsonl(rows) })
  await importSource(core.client, { path, map: { id: 'id', cap: 'caption' } })
  return core
}

async function listRows(core: TestCore, limit = 500) {
  const page = { query: '', sort: { ...DEFAULT_SORT, key: 'name', descending: false } as const }
  return (await core.client.library.page({ ...page, position: 0, limit })).rows
}

describe.each(BRIDGES)('editing many captions behind the %s bridge', (bridge) => {
  let core: TestCore

  beforeAll(async () => {
    core = await open(bridge, 6)
  })
  afterAll(() => core.close())

  const texts = async () => (await listRows(core)).map(({ text }) => text)

  it('shows first what it would do, does it as one, and takes it back after a restart', async () => {
    const before = await texts()
    const [drafted, excepted] = await listRows(core)
    if (drafted === undefined || excepted === undefined) throw new Error('Nothing was imported.')
    const { headRevisionId } = await core.client.align.get({ imageId: drafted.id })
    await core.client.align.autosave({
      ...{ imageId: drafted.id, baseRevisionId: headRevisionId, text: 'typing a bus' },
    })
    const request = {
      selection: { ...ALL, except: [excepted.id] },
      edit: replace('(bus), number (\\d)', '$2. $1', true),
    }
    const preview = await core.client.textEdits.preview({ ...request, limit: 2 })
    expect(preview).toMatchObject({ total: 5, counted: 5, changed: 4, unchanged: 0, drafts: 1 })
    expect(preview.samples).toHaveLength(2)
    expect(preview.samples[0]).toMatchObject({ before: before[2], after: 'A 2. bus.' })
    expect(await core.client.textEdits.preview({ ...request, limit: 2 })).toEqual(preview)

    const done = await core.client.textEdits.apply(request)
    expect(done).toMatchObject({ jobId: null, changed: 4, drafts: 1 })
    expect(done.batchId).not.toBeNull()
    const edited = await texts()
    expect(edited.slice(1)).toEqual([before[1], 'A 2. bus.', 'A 3. bus.', 'A 4. bus.', 'A 5. bus.'])
    const image = await core.client.align.get({
      imageId: (await listRows(core))[2]?.id ?? excepted.id,
    })
    expect(image).toMatchObject({ status: 'todo', startText: 'A 2. bus.' })
    expect(image.revisions).toMatchObject([
      { author: { kind: 'import' } },
      { author: { kind: 'human' }, note: 'Replace “(bus), number (\\d)” with “$2. $1”' },
    ])

    core = await core.restart()
    expect(await core.client.align.undo({ imageId: null })).toMatchObject({ changed: 4 })
    expect((await texts()).slice(1)).toEqual(before.slice(1))
    core = await core.restart()
    expect(await core.client.align.redo({ imageId: null })).toMatchObject({ changed: 4 })
    expect(await texts()).toEqual(edited)
  })

  it('leaves nothing to undo where nothing changed', async () => {
    const selection = { kind: 'ids', ids: (await listRows(core)).map(({ id }) => id) } as const
    const done = await core.client.textEdits.apply({ selection, edit: replace('zebra', 'x') })
    expect(done).toEqual({ batchId: null, jobId: null, changed: 0, drafts: 1 })
  })

  it('refuses what is no pattern, and one that would run for ever, before anything is changed', async () => {
    for (const find of ['(', '((.|[^x]|[^y])+)+z']) {
      const request = { selection: ALL, edit: replace(find, 'x', true) }
      const refused = { code: 'INPUT_INVALID' }
      await expect(core.client.textEdits.preview({ ...request, limit: 1 })).rejects.toMatchObject(
        refused,
      )
      await expect(core.client.textEdits.apply(request)).rejects.toMatchObject(refused)
    }
  })
})

it('edits a large selection as a job, and ends its undo even when that is cut short', async () => {
  let core = await open('direct', MANY)
  try {
    const edit: TextEdit = { kind: 'suffix', text: ' In the rain.' }
    const started = await core.client.textEdits.apply({ selection: ALL, edit })
    if (started.jobId === null) throw new Error('A large selection should be a job.')
    const job = await waitForJob(core.client, started.jobId)
    expect(job).toMatchObject({ state: 'done', done: MANY, result: { changed: MANY, drafts: 0 } })
    const rained = async () => {
      const query = 'caption:"in the rain"'
      return (await core.client.library.facets({ query })).total
    }
    expect(await rained()).toBe(MANY)
    undoFirstPage(core)
    expect(await rained()).toBeGreaterThan(0)
    core = await core.restart()
    await expect.poll(rained, { timeout: 60_000 }).toBe(0)
    expect(await core.client.align.redo({ imageId: null })).toMatchObject({ changed: MANY })
    expect(await rained()).toBe(MANY)
    expect(await core.client.align.undo({ imageId: null })).toMatchObject({ changed: MANY })
    expect(await rained()).toBe(0)
  } finally {
    await core.close()
  }
})

/** What a program that is killed in the middle of an undo leaves in the project's file. */
function undoFirstPage(core: TestCore): void {
  const db = new Database(projectFiles(join(core.folder, 'project')).database, { timeout: 5_000 })
  try {
    const personId = db.prepare('SELECT person_id FROM batch').pluck().get() as PersonId
    db.transaction(() => undoChange(db, { imageId: null, personId }))()
  } finally {
    db.close()
  }
}
