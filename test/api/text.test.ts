import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { BRIDGES } from '../support/bridges.ts'
import { writePicture } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'
import { writeFile } from 'node:fs/promises'

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
