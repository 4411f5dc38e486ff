import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { BRIDGES } from '../support/bridges.ts'
import { writePicture } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'
import { writeFile } from 'node:fs/promises'

const TINY_CLIP = join(import.meta.dirname, '../fixtures/models/tiny-clip')
const ALT = 'Common iguana on a branch, Costa Rica 2019 | Stock Photo'

let core: TestCore

afterEach(() => core.close())

async function openImage(client: Client, folder: string) {
  const source = join(folder, 'pictures')
  await writePicture(join(source, 'iguana.png'), 'green')
  await writeFile(join(source, 'iguana.txt'), ALT)
  await importSource(client, { path: source })
  const { rows } = await client.library.page({
    ...{ query: '', sort: DEFAULT_SORT, position: 0, limit: 1 },
  })
  const [row] = rows
  if (row === undefined) throw new Error('Expected an imported image.')
  return row.id
}

describe.each(BRIDGES)('text through the %s bridge', (bridge) => {
  it('says what became of what the alt-text said, and takes a reason', async () => {
    core = await openTestCore(bridge)
    const { client } = core
    const imageId = await openImage(client, core.folder)
    const caption = 'A lizard on a branch.'
    const [anchor] = (await client.text.analyse({ imageId, caption })).altTexts
    const fateOf = (words: string) => {
      const unit = anchor?.units.findIndex((each) => ALT.slice(each.start, each.end) === words)
      return anchor?.fates.find((fate) => fate.unit === unit)
    }
    expect(fateOf('branch')?.fate).toBe('kept')
    expect(fateOf('Costa Rica')).toMatchObject({ fate: 'dropped', asksReason: true })
    expect(anchor?.fates.map(({ fate }) => fate)).toContain('generalised')
    expect(anchor?.hygiene.map(({ ruleId }) => ruleId)).toContain('junk/stock-site')

    await client.judgements.answer({
      imageId,
      override: {
        kind: 'fate',
        ...{ altTextId: anchor?.altTextId ?? failNoAnchor(), words: 'Costa Rica', occurrence: 0 },
        reason: 'not-visible',
      },
    })
    const after = (await client.text.analyse({ imageId, caption })).altTexts[0]
    const asking = after?.fates.filter(({ asksReason }) => asksReason) ?? []
    const words = asking
      .map(({ unit }) => after?.units[unit])
      .map((u) => ALT.slice(u?.start, u?.end))
    expect(words).not.toContain('Costa Rica')
  })

  it('counts tokens exactly while a pack of the target is installed', async () => {
    core = await openTestCore(bridge)
    const { client } = core
    const imageId = await openImage(client, core.folder)
    async function budgetOf(target: string) {
      const { caption } = await client.text.analyse({ imageId, caption: 'a photo of a DOG' })
      return caption.budgets.find((budget) => budget.target === target)
    }
    // The starter pack is there from the beginning, and no trainer's tokenizer.
    expect(await budgetOf('clip-77')).toMatchObject({ isExact: false, used: 5 })

    const { jobId } = await client.models.install({ from: 'folder', path: TINY_CLIP })
    expect(await waitForJob(client, jobId)).toMatchObject({ state: 'done' })
    // Its tiny vocabulary cuts these words into parts; reference.json beside it has their ids.
    expect(await budgetOf('clip-77')).toMatchObject({ isExact: true, used: 6, cutAt: null })
    expect(await budgetOf('siglip-64')).toMatchObject({ isExact: false })

    const { packs } = await client.models.list()
    const revision = packs.find(({ id }) => id === 'tiny-clip')?.revision ?? ''
    await client.models.remove({ id: 'tiny-clip', revision })
    expect(await budgetOf('clip-77')).toMatchObject({ isExact: false, used: 5 })
  })

  it('measures what was submitted when somebody looks at the rounds', async () => {
    core = await openTestCore(bridge)
    const { client } = core
    const imageId = await openImage(client, core.folder)
    await client.align.submit({
      imageId,
      baseRevisionId: null,
      text: 'A common iguana on a branch.',
    })
    await client.rounds.list()
    for (const job of await client.jobs.list({ limit: 10 })) await waitForJob(client, job.id)
    const [round] = await client.rounds.list()
    expect(round?.metrics.measured).toBe(1)
    expect(round?.metrics.entityRecall).toBeGreaterThan(0)
    expect(round?.metrics.entityRecall).toBeLessThan(1)
    expect(round?.metrics.edit).toBeGreaterThan(0)
  })
})

function failNoAnchor(): never {
  throw new Error('Expected an alt-text.')
}
