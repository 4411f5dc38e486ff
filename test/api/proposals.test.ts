import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Override } from '../../src/shared/contract/judgements.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { BRIDGES } from '../support/bridges.ts'
import { storeSampleJudgements } from '../support/sample-judgements.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const IMAGES = 6
const MAP = { file_name: 'image', alt: 'alt', blip: 'proposal', git: 'proposal' } as const

describe.each(BRIDGES)('proposals and answers behind the %s bridge', (bridge) => {
  let core: TestCore
  let source: string
  let ids: ImageId[] = []

  // One core for all: each test takes images that no other test touches.
  beforeAll(async () => {
    core = await openTestCore(bridge)
    source = join(core.folder, 'source')
    const rows = []
    for (let index = 0; index < IMAGES; index += 1) {
      await writePicture(join(source, `${index}.png`), `rgb(${index * 10}, 90, 160)`)
      rows.push({ file_name: `${index}.png`, alt: 'A bus', blip: `a red bus ${index}`, git: 'bus' })
    }
    await writeTexts(source, { 'table.jsonl': toJsonl(rows) })
    await importSource(core.client, { path: join(source, 'table.jsonl'), map: MAP })
    ids = await listIds(core)
  })
  afterAll(() => core.close())

  function first(): ImageId {
    const id = ids.shift()
    if (id === undefined) throw new Error('The tests need more images than were imported.')
    return id
  }

  const list = (imageId: ImageId) => core.client.proposals.list({ imageId })

  it('come from columns, once, and leave the captions alone', async () => {
    const path = join(source, 'table.jsonl')
    const preview = await core.client.imports.preview({ path, map: MAP })
    expect(preview.records[0]).toMatchObject({ caption: null, proposals: ['a red bus 0', 'bus'] })
    const again = await importSource(core.client, { path, map: MAP })
    expect(again.result).toMatchObject({ proposals: 0, unchanged: IMAGES })
    const imageId = first()
    expect(await list(imageId)).toMatchObject([
      { text: 'bus', author: { kind: 'import', name: 'git' }, state: 'open' },
      { author: { kind: 'import', name: 'blip' } },
    ])
    expect(await core.client.align.get({ imageId })).toMatchObject({
      ...{ startText: 'A bus', revisions: [], draft: null, status: 'todo' },
    })
  })

  it('are named by the revision that took from them; undo and redo outlive a restart', async () => {
    const imageId = first()
    const added = await core.client.proposals.add({ imageId, text: 'mine \ud800', note: 'see' })
    expect(added).toMatchObject({ text: 'mine \ud800', note: 'see', author: { kind: 'human' } })
    const decide = { imageId, proposalId: added.id, baseRevisionId: null } as const
    await core.client.proposals.decide({ ...decide, state: 'partly-accepted' })
    await core.client.align.autosave({ imageId, baseRevisionId: null, text: 'A bus, mine' })
    core = await core.restart()
    const image = await core.client.align.submit({
      ...{ imageId, baseRevisionId: null, text: 'A bus, mine.' },
    })
    expect(image.revisions.map(({ proposals }) => proposals)).toEqual([[added.id]])
    await core.client.align.undo({ imageId })
    core = await core.restart()
    expect((await core.client.align.undo({ imageId })).label).toBe('Typing')
    expect(await core.client.align.undo({ imageId })).toMatchObject({
      ...{ label: 'Accept part of a proposal', changed: 1 },
    })
    expect((await list(imageId))[0]?.state).toBe('open')
    await core.client.align.redo({ imageId })
    core = await core.restart()
    await core.client.align.redo({ imageId })
    await core.client.align.redo({ imageId })
    expect((await list(imageId))[0]?.state).toBe('partly-accepted')
    expect(await core.client.align.get({ imageId })).toMatchObject({ startText: 'A bus, mine.' })
    await expect(core.client.proposals.decide({ ...decide, state: 'open' })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
    })
  })

  it('answers are kept over restarts, undone and redone, and go out and in again', async () => {
    const imageId = first()
    const { altTexts } = await core.client.align.get({ imageId })
    const altTextId = altTexts[0]?.id
    if (altTextId === undefined) throw new Error('The image has no alt-text.')
    const fate: Override = {
      ...{ kind: 'fate', altTextId, words: 'bus', occurrence: 0, reason: 'not-visible' },
    }
    const verdict: Override = {
      ...{ kind: 'verdict', words: 'A', occurrence: 0, answer: 'keep', reason: 'looked' },
    }
    await core.client.judgements.answer({ imageId, override: fate })
    await core.client.judgements.answer({ imageId, override: verdict })
    const overrides = async () =>
      (await core.client.judgements.get({ imageId, caption: 'A tram' })).overrides
    expect(await overrides()).toEqual([fate, verdict])
    core = await core.restart()
    await core.client.align.undo({ imageId })
    expect(await overrides()).toEqual([fate])
    core = await core.restart()
    await core.client.align.redo({ imageId })
    await core.client.align.submit({ imageId, baseRevisionId: null, text: 'A tram' })
    await core.client.judgements.withdraw({ imageId, override: verdict })
    expect(await overrides()).toEqual([fate])

    const out = join(core.folder, 'out')
    for (const format of ['jsonl', 'realign']) {
      const started = await core.client.exports.start({
        format,
        out: `${out}-${format}`,
        where: '',
      })
      await waitForJob(core.client, started.jobId)
    }
    const rows = (await readFile(join(`${out}-jsonl`, 'data.jsonl'), 'utf8')).trim().split('\n')
    const row = rows
      .map((line) => JSON.parse(line) as { text: string })
      .find(({ text }) => text === 'A tram')
    expect(row).toMatchObject({
      reasons: [{ alt: 0, words: 'bus', occurrence: 0, reason: 'not-visible' }],
      overrides: [],
      proposals: [
        { author: 'blip', author_kind: 'import', state: 'open' },
        { text: 'bus', author: 'git' },
      ],
    })

    const other = await openTestCore(bridge)
    try {
      for (let round = 0; round < 2; round += 1) {
        await importSource(other.client, { path: `${out}-realign` })
      }
      const copies = await Promise.all(
        (await listIds(other)).map((id) => other.client.align.get({ imageId: id })),
      )
      const copy = copies.find(({ startText }) => startText === 'A tram')
      if (copy === undefined) throw new Error('The image did not come over.')
      const got = await other.client.judgements.get({ imageId: copy.id, caption: 'A tram' })
      expect(got.overrides).toEqual([{ ...fate, altTextId: copy.altTexts[0]?.id }])
      expect(await other.client.proposals.list({ imageId: copy.id })).toHaveLength(2)
      const back = `${out}-back`
      const started = await other.client.exports.start({ format: 'realign', out: back, where: '' })
      await waitForJob(other.client, started.jobId)
      expect(await readFile(join(back, 'realign.jsonl'), 'utf8')).toBe(
        await readFile(join(`${out}-realign`, 'realign.jsonl'), 'utf8'),
      )
    } finally {
      await other.close()
    }
  })
})

describe('judgements of the sample', () => {
  it('stand at their words, also in an edited caption, with details beside them', async () => {
    const core = await openTestCore('direct')
    try {
      await importSource(core.client, { path: sampleFolder() })
      expect(storeSampleJudgements(join(core.folder, 'project'))).toEqual({
        ...{ verdicts: expect.any(Number) as number, details: 453 },
      })
      const { rows } = await core.client.library.page({
        ...{ query: 'name:scene-00001.jpg', sort: DEFAULT_SORT, position: 0, limit: 1 },
      })
      const imageId = rows[0]?.id
      if (imageId === undefined) throw new Error('The sample has no first scene.')
      const caption = 'ladybug left of poodle'
      const found = await core.client.judgements.get({ imageId, caption })
      expect(found.verdicts).toMatchObject([
        { start: 0, end: 7, status: 'supported', kind: 'entity' },
        { start: 8, end: 15, status: 'unsupported', rival: 'right of', kind: 'relation' },
        { start: 16, end: 22, status: 'supported' },
      ])
      expect(found.details.map(({ phrase }) => phrase)).toEqual([
        ...['a large propeller plane', 'a kite', 'three ducks'],
      ])
      const edited = await core.client.judgements.get({
        ...{ imageId, caption: 'A ladybug right of poodle and a kite' },
      })
      expect(edited.verdicts.map(({ start, end }) => [start, end])).toEqual([
        [2, 9],
        [19, 25],
      ])
      expect(edited.details).toHaveLength(2)
    } finally {
      await core.close()
    }
  })
})

async function listIds(core: TestCore): Promise<ImageId[]> {
  const page = await core.client.library.page({
    ...{ query: '', sort: DEFAULT_SORT, position: 0, limit: 100 },
  })
  return page.rows.map((row) => row.id)
}
