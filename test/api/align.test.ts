import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { BRIDGES } from '../support/bridges.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, type TestCore } from '../support/test-core.ts'

const IMAGES = 16

describe.each(BRIDGES)('aligning behind the %s bridge', (bridge) => {
  let core: TestCore
  let ids: ImageId[] = []

  // One core for all: each test takes images that no other test touches.
  beforeAll(async () => {
    core = await openTestCore(bridge)
    const source = join(core.folder, 'source')
    const rows = []
    for (let index = 0; index < IMAGES; index += 1) {
      await writePicture(join(source, `${index}.png`), `rgb(${index * 10}, 90, 160)`)
      rows.push({ file_name: `${index}.png`, alt: ['A common iguana', 'Click to enlarge'] })
    }
    await writeTexts(source, { 'table.jsonl': toJsonl(rows) })
    await importSource(core.client, { path: join(source, 'table.jsonl') })
    const page = await core.client.library.page({
      query: '',
      sort: DEFAULT_SORT,
      position: 0,
      limit: IMAGES,
    })
    ids = page.rows.map((row) => row.id)
  })
  afterAll(() => core.close())

  function first(): ImageId {
    const id = ids.shift()
    if (id === undefined) throw new Error('The tests need more images than were imported.')
    return id
  }

  it('opens the editor on the anchor', async () => {
    const image = await core.client.align.get({ imageId: first() })
    expect(image.startText).toBe('A common iguana')
    expect(image.altTexts.map((alt) => alt.text)).toEqual(['A common iguana', 'Click to enlarge'])
    expect(image.status).toBe('todo')
    expect(image.headRevisionId).toBeNull()
  })

  it('keeps a draft byte for byte over a restart', async () => {
    const text = 'tab\there\r\nline \u{1f98e} e\u0301 \ud800 lone, שלום'
    const imageId = first()
    await core.client.align.autosave({ imageId, baseRevisionId: null, text })
    core = await core.restart()
    const image = await core.client.align.get({ imageId })
    expect(image.draft?.text).toBe(text)
    expect(image.startText).toBe(text)
    expect(image.status).toBe('draft')
  })

  it('submits a round, drops the draft and starts the next text from it', async () => {
    const imageId = first()
    await core.client.align.autosave({ imageId, baseRevisionId: null, text: 'typing' })
    const image = await core.client.align.submit({
      imageId,
      baseRevisionId: null,
      text: 'A green iguana on a branch',
    })
    expect(image).toMatchObject({
      status: 'submitted',
      draft: null,
      startText: 'A green iguana on a branch',
    })
    expect(image.revisions).toHaveLength(1)
    expect(image.revisions[0]).toMatchObject({
      round: 1,
      author: { kind: 'human' },
      parentId: null,
    })
    const second = await core.client.align.submit({
      imageId,
      baseRevisionId: image.headRevisionId,
      text: 'A green iguana on a thin branch',
    })
    expect(second.revisions.map((revision) => revision.parentId)).toEqual([
      null,
      image.headRevisionId,
    ])
  })

  it('refuses a write that was made from an older head and says what came between', async () => {
    const imageId = first()
    const { headRevisionId } = await core.client.align.submit({
      imageId,
      baseRevisionId: null,
      text: 'first',
    })
    const stale = { imageId, baseRevisionId: null, text: 'second' }
    await expect(core.client.align.submit(stale)).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      data: { headRevisionId, headText: 'first' },
    })
    await expect(core.client.align.autosave(stale)).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
    })
    const image = await core.client.align.get({ imageId })
    expect(image.startText).toBe('first')
  })

  it('undoes and redoes step by step, also after a restart', async () => {
    const imageId = first()
    await core.client.align.autosave({ imageId, baseRevisionId: null, text: 'one' })
    await core.client.align.submit({ imageId, baseRevisionId: null, text: 'one' })
    const { headRevisionId } = await core.client.align.get({ imageId })
    await core.client.align.setStatus({
      imageId,
      baseRevisionId: headRevisionId,
      status: 'skipped',
    })
    core = await core.restart()
    await core.client.align.undo({ imageId })
    expect((await core.client.align.get({ imageId })).status).toBe('submitted')
    await core.client.align.undo({ imageId })
    const undone = await core.client.align.get({ imageId })
    expect(undone).toMatchObject({ status: 'draft', headRevisionId: null, startText: 'one' })
    expect(undone.revisions[0]?.isWithdrawn).toBe(true)
    await core.client.align.undo({ imageId })
    expect(await core.client.align.get({ imageId })).toMatchObject({ status: 'todo', draft: null })
    await expect(core.client.align.undo({ imageId })).rejects.toMatchObject({
      code: 'NOTHING_TO_UNDO',
    })
    for (const change of ['Typing', 'Submit round', 'Set status skipped']) {
      expect((await core.client.align.redo({ imageId })).label).toBe(change)
    }
    const redone = await core.client.align.get({ imageId })
    expect(redone).toMatchObject({ status: 'skipped', headRevisionId })
    await expect(core.client.align.redo({ imageId })).rejects.toMatchObject({
      code: 'NOTHING_TO_UNDO',
    })
  })

  it('forgets what could be done again once something new is done', async () => {
    const imageId = first()
    await core.client.align.submit({ imageId, baseRevisionId: null, text: 'one' })
    await core.client.align.undo({ imageId })
    await core.client.align.submit({ imageId, baseRevisionId: null, text: 'two' })
    await expect(core.client.align.redo({ imageId })).rejects.toMatchObject({
      code: 'NOTHING_TO_UNDO',
    })
    const image = await core.client.align.get({ imageId })
    expect(image.startText).toBe('two')
    expect(image.revisions).toHaveLength(2)
  })

  it('restores an old revision as a new one', async () => {
    const imageId = first()
    const one = await core.client.align.submit({ imageId, baseRevisionId: null, text: 'one' })
    const two = await core.client.align.submit({
      imageId,
      baseRevisionId: one.headRevisionId,
      text: 'two',
    })
    const revisionId = one.headRevisionId
    if (revisionId === null) throw new Error('The submit made no revision.')
    const restored = await core.client.align.restore({
      imageId,
      baseRevisionId: two.headRevisionId,
      revisionId,
    })
    expect(restored.startText).toBe('one')
    expect(restored.revisions.map((revision) => revision.text)).toEqual(['one', 'two', 'one'])
  })

  it('discards a draft and can take that back', async () => {
    const imageId = first()
    await core.client.align.autosave({ imageId, baseRevisionId: null, text: 'typed' })
    const clean = await core.client.align.discardDraft({ imageId, baseRevisionId: null })
    expect(clean).toMatchObject({ status: 'todo', draft: null, startText: 'A common iguana' })
    await core.client.align.undo({ imageId })
    expect((await core.client.align.get({ imageId })).draft?.text).toBe('typed')
  })

  it('changes many at once and reverts them as one', async () => {
    const chosen = { selection: { kind: 'ids' as const, ids: [first(), first()] } }
    const { changed } = await core.client.library.setStatus({ ...chosen, status: 'accepted' })
    expect(changed).toBe(2)
    await core.client.library.setTag({ ...chosen, tag: 'Animals', on: true })
    const facets = await core.client.library.facets({ query: 'tag:animals' })
    expect(facets).toMatchObject({ total: 2, byStatus: { accepted: 2 } })
    await core.client.align.undo({ imageId: null })
    await core.client.align.undo({ imageId: null })
    const after = await core.client.library.facets({ query: '' })
    expect(after.byStatus['accepted']).toBe(0)
    expect(after.tags).toEqual([])
    await core.client.align.redo({ imageId: null })
    expect((await core.client.library.facets({ query: '' })).byStatus['accepted']).toBe(2)
  })

  it('answers a code for an image that is not there', async () => {
    const imageId = 999 as ImageId
    await expect(core.client.align.get({ imageId })).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    })
  })
})
