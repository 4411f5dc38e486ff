import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageId, RevisionId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { BRIDGES } from '../support/bridges.ts'
import { doubtCaption } from '../support/doubt.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const IMAGES = 3
const OPTIONS = { needsOtherPerson: false, sampleShare: 1, sampleSeed: 0, stopBelowEdit: null }

describe.each(BRIDGES)('rounds and review behind the %s bridge', (bridge) => {
  let core: TestCore
  let ids: ImageId[] = []

  // The tests are one story: each goes on with what the one before left.
  beforeAll(async () => {
    core = await openTestCore(bridge)
    const source = join(core.folder, 'source')
    const rows = []
    for (let index = 0; index < IMAGES; index += 1) {
      await writePicture(join(source, `${index}.png`), `rgb(${index * 40}, 90, 160)`)
      rows.push({ file_name: `${index}.png`, alt: ['A common iguana'] })
    }
    await writeTexts(source, { 'table.jsonl': toJsonl(rows) })
    await importSource(core.client, { path: join(source, 'table.jsonl') })
    ids = await find('')
  })
  afterAll(() => core.close())

  async function find(query: string): Promise<ImageId[]> {
    const page = await core.client.library.page({
      ...{ query, sort: DEFAULT_SORT, position: 0, limit: IMAGES },
    })
    return page.rows.map((row) => row.id)
  }

  function at(index: number): ImageId {
    const id = ids[index]
    if (id === undefined) throw new Error(`There is no image ${index}.`)
    return id
  }

  async function submit(imageId: ImageId, text: string): Promise<RevisionId> {
    const { headRevisionId } = await core.client.align.get({ imageId })
    const image = await core.client.align.submit({ imageId, baseRevisionId: headRevisionId, text })
    if (image.headRevisionId === null) throw new Error('The submit made no revision.')
    return image.headRevisionId
  }

  it('records the guideline that each revision went by', async () => {
    const { client } = core
    expect(await client.rounds.guideline({ round: 1 })).toBeNull()
    const first = await client.rounds.saveGuideline({
      ...{ round: 1, baseVersion: 0, markdown: '# Be true' },
    })
    expect(first).toMatchObject({ round: 1, version: 1, markdown: '# Be true' })
    await expect(
      client.rounds.saveGuideline({ round: 1, baseVersion: 0, markdown: '# Be short' }),
    ).rejects.toMatchObject({
      code: 'GUIDELINE_CONFLICT',
      data: { version: 1, markdown: '# Be true' },
    })
    await client.align.autosave({ imageId: at(0), baseRevisionId: null, text: 'A green' })
    await submit(at(0), 'A green iguana')
    const { revisions } = await client.align.get({ imageId: at(0) })
    expect(revisions).toMatchObject([
      { guidelineVersion: 1, editingMs: expect.any(Number) as number },
    ])
    await submit(at(1), 'An iguana on a branch')
  })

  it('shows who submits what waits for review, decides on it and takes a decision back', async () => {
    const { client } = core
    const queue = await client.review.queue({ query: '', after: null, limit: 1 })
    expect(queue).toMatchObject({
      total: 2,
      items: [{ imageId: at(0), text: 'A green iguana', before: 'A common iguana', returns: 0 }],
    })
    const rest = await client.review.queue({ query: '', after: at(0), limit: 5 })
    expect(rest.items.map((item) => item.imageId)).toEqual([at(1)])
    doubtCaption(join(core.folder, 'project'), at(1), 0.9)
    const doubtful = await client.review.queue({
      ...{ query: '', order: 'risk', after: null, limit: 5 },
    })
    expect(doubtful.items).toMatchObject([
      { imageId: at(1), isChecked: true },
      { imageId: at(0), isChecked: false },
    ])
    const baseRevisionId = queue.items[0]?.headRevisionId as RevisionId
    const remark = 'Which one?'
    const quote = { start: 2, end: 7 }
    const returned = await client.review.return({ imageId: at(0), baseRevisionId, remark, quote })
    expect(returned).toEqual({ remaining: 1 })
    expect(await find('for:me status:returned')).toEqual([at(0)])
    expect(await client.align.get({ imageId: at(0) })).toMatchObject({
      status: 'returned',
      reviews: [{ revisionId: baseRevisionId, decision: 'returned', remark, quote }],
    })
    await client.align.undo({ imageId: at(0) })
    const accepted = await client.review.accept({
      ...{ imageId: at(0), baseRevisionId, text: 'A green common iguana' },
    })
    expect(accepted).toEqual({ remaining: 1 })
    await expect(client.review.accept({ imageId: at(0), baseRevisionId })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
    })
    const image = await client.align.get({ imageId: at(0) })
    expect(image.startText).toBe('A green common iguana')
    expect(image.reviews.map((review) => review.isWithdrawn)).toEqual([true, false])
  })

  it('starts a round from what is accepted, also over a restart, and takes it back', async () => {
    const preview = await core.client.rounds.preview({ options: OPTIONS })
    expect(preview).toEqual({
      ...{ images: 1, notDone: 2, outsideSample: 0, settled: 0, submittedCount: false },
    })
    const started = await core.client.rounds.start({ name: 'Again', options: OPTIONS })
    expect(started).toMatchObject({
      ...{ number: 2, name: 'Again', isCurrent: true, images: 1, byStatus: { todo: 1 } },
      guideline: { round: 2, version: 1, markdown: '# Be true' },
    })
    core = await core.restart()
    const { client } = core
    const undone = await client.align.undo({ imageId: null })
    expect(undone).toEqual({ imageId: null, label: 'Start round 2', changed: 1 })
    expect(await client.rounds.list()).toHaveLength(1)
    expect(await find('status:accepted')).toEqual([at(0)])
    await client.align.redo({ imageId: null })
    expect(await find('work:2 status:todo')).toEqual([at(0)])
    const [first, second] = await client.rounds.list()
    expect(first).toMatchObject({
      images: IMAGES,
      byStatus: { todo: 1, submitted: 1, accepted: 1 },
      people: [{ images: 2, revisions: 3 }],
    })
    expect(second).toMatchObject({ byStatus: { todo: 1 }, people: [] })
  })

  it('keeps a round for another person from whoever wrote the last', async () => {
    const { client } = core
    const options = { ...OPTIONS, needsOtherPerson: true }
    await client.rounds.update({ number: 2, name: 'Second eyes', options })
    expect(await find('for:me work:2')).toEqual([])
    const facets = await client.library.facets({ query: 'for:me' })
    expect(facets.byStatus['todo']).toBe(1)
    await expect(submit(at(0), 'Mine again')).rejects.toMatchObject({
      code: 'ROUND_NEEDS_OTHER_PERSON',
      data: { round: 2 },
    })
    expect(await client.align.get({ imageId: at(0) })).toMatchObject({
      isForOthers: true,
      round: 2,
    })
    await expect(
      client.rounds.update({ number: 2, name: 'x', options: { ...options, sampleShare: 0.1 } }),
    ).rejects.toMatchObject({ code: 'ROUND_SETTLED' })
    await client.rounds.update({ number: 2, name: 'Second eyes', options: OPTIONS })
    await submit(at(0), 'A green common iguana in the sun')
    await expect(client.align.undo({ imageId: null })).resolves.toMatchObject({
      label: 'Submit round',
    })
    await client.align.redo({ imageId: null })
  })

  it('carries rounds, guidelines and reviews through the exchange form', async () => {
    const out = join(core.folder, 'out')
    const exported = await core.client.exports.start({
      ...{ format: 'realign', where: '', out },
      options: { text: 'caption', images: 'copy', spreadsheetSafe: false },
    })
    await waitForJob(core.client, exported.jobId)
    const before = await core.client.rounds.list()
    const image = await core.client.align.get({ imageId: at(0) })
    const other = await openTestCore(bridge)
    try {
      await importSource(other.client, { path: out })
      const rounds = await other.client.rounds.list()
      expect(
        rounds.map(({ name, options, guideline, byStatus }) => ({
          name,
          options,
          guideline,
          byStatus,
        })),
      ).toEqual(
        before.map(({ name, options, guideline, byStatus }) => ({
          name,
          options,
          guideline,
          byStatus,
        })),
      )
      const [imageId] = (
        await other.client.library.page({
          query: 'work:2',
          sort: DEFAULT_SORT,
          position: 0,
          limit: 1,
        })
      ).rows.map((row) => row.id)
      const copy = await other.client.align.get({ imageId: imageId as ImageId })
      expect(copy).toMatchObject({ status: image.status, round: 2 })
      const texts = ({ revisions }: typeof image): unknown[] =>
        revisions.map(({ text, round, guidelineVersion, editingMs }) => [
          text,
          round,
          guidelineVersion,
          editingMs,
        ])
      expect(texts(copy)).toEqual(texts(image))
      const decisions = ({ reviews }: typeof image): unknown[] =>
        reviews.map(({ revisionId: _, ...review }) => review)
      expect(decisions(copy)).toEqual(decisions(image))
    } finally {
      await other.close()
    }
  })
})
