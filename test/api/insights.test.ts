import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, ISSUE_RULES, issueQuery } from '../../src/shared/domain/image-quality.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { BRIDGES } from '../support/bridges.ts'
import { makePhotoPng } from '../support/images.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const ALTS = [
  'A red bus',
  'Two dogs on a beach, and a dog',
  'A dog',
  'Nothing',
  'A bus and a dog at the beach',
  'A long bus line of people who wait in the rain',
]

/** Photos from dark to bright, of which two are equal in brightness, and one plain colour. */
async function writePictures(folder: string): Promise<void> {
  await mkdir(folder)
  const photo = await makePhotoPng()
  const factors = [0.2, 0.5, 1, 1, 1.3]
  const pictures = factors.map((factor, index) =>
    sharp(photo)
      .linear(factor, 0)
      // Equal pixels in other bytes are another image.
      .png({ compressionLevel: index })
      .toBuffer(),
  )
  const plain = { create: { width: 90, height: 30, channels: 3, background: '#666666' } } as const
  pictures.push(sharp(plain).png().toBuffer())
  const rows = await Promise.all(
    pictures.map(async (picture, index) => {
      await writeFile(join(folder, `${index}.png`), await picture)
      return `${JSON.stringify({ image: `${index}.png`, alt: ALTS[index] })}\n`
    }),
  )
  await writeFile(join(folder, 'texts.jsonl'), rows.join(''))
}

describe.each(BRIDGES)('insights through %s', (bridge) => {
  let core: TestCore
  let ids: readonly ImageId[]

  beforeAll(async () => {
    core = await openTestCore(bridge)
    const source = join(core.folder, 'source')
    await writePictures(source)
    await importSource(core.client, { path: join(source, 'texts.jsonl') })
    const { jobId } = await core.client.quality.measure()
    await waitForJob(core.client, jobId)
    ids = (await page('')).map(({ id }) => id)
  })
  afterAll(() => core.close())

  async function page(query: string) {
    const { rows } = await core.client.library.page({
      ...{ query, sort: { key: 'added', descending: false }, position: 0, limit: 50 },
    })
    return rows
  }

  async function count(query: string): Promise<number> {
    return (await core.client.library.facets({ query })).total
  }

  it('measures what an import brings, and finds it by measures and by places', async () => {
    expect(await core.client.quality.status()).toEqual({
      ...{ measured: 6, total: 6, limits: DEFAULT_LIMITS },
    })
    const found = async (query: string) => (await page(query)).map(({ name }) => name)
    expect(await found('is:dark')).toEqual(['0.png'])
    expect(await found('is:blank')).toEqual(['5.png'])
    expect(await found('is:small,odd-aspect')).toEqual(['5.png'])
    // The third and the fourth have one place, of six: neither is among the darkest two fifths without the other.
    expect(await found('brightness<40%')).toHaveLength(2)
    expect(await found('brightness:30%..70%')).toEqual(expect.arrayContaining(['2.png', '3.png']))
    expect(await count('brightness>=0%')).toBe(6)
  })

  it('counts images over the edges of a limit as the library does', async () => {
    const issue = 'dark'
    const { counts, known, total } = await core.client.quality.histogram({
      issue,
      where: 'alt:dog',
    })
    expect([known, total]).toEqual([3, 3])
    const { edges } = ISSUE_RULES[issue]
    for (const limit of [12, 30, 60]) {
      const below = counts.slice(0, edges.indexOf(limit)).reduce((sum, each) => sum + each, 0)
      expect(await count(`alt:dog ${issueQuery(issue, limit)}`)).toBe(below)
    }
    const examples = await core.client.quality.examples({ issue, where: '', limit: 12 })
    expect(examples.falling.map(({ name }) => name)).toEqual(['0.png'])
    expect(examples.kept).toHaveLength(3)
    expect(examples.kept.every(({ value }) => value >= 12)).toBe(true)

    const { limits } = await core.client.quality.setLimit({ issue, limit: 99.9 })
    expect(limits.dark).toBe(100)
    expect(await count('is:dark')).toBe(6)
    await core.client.quality.setLimit({ issue, limit: null })
    expect(await count('is:dark')).toBe(1)
  })

  it('says of each bar what the library finds for it', async () => {
    const captions = ['A red bus', 'Two dogs on a beach', 'A brown dog that sits on the sand']
    for (const [index, text] of captions.entries()) {
      const imageId = ids[index]
      if (imageId === undefined) throw new Error('an image is missing')
      await core.client.align.submit({ imageId, baseRevisionId: null, text, note: '' })
    }
    const { client } = core
    const lengths = await client.insights.lengths()
    const edits = await client.insights.edits()
    const scores = await client.insights.scores()
    const throughput = await client.insights.throughput()
    const bars = [
      ...lengths.captions.bars,
      ...lengths.altTexts.bars,
      ...edits.flatMap((round) => round.bars),
      ...(await client.insights.quality()).issues.map((each) => ({ ...each, count: each.images })),
      ...throughput.days.map((day) => ({ ...day, count: day.captions })),
      ...throughput.people.map((person) => ({ ...person, count: person.captions })),
    ]
    expect(lengths.captions.known).toBe(3)
    expect(lengths.altTexts.known).toBe(ALTS.length)
    expect(scores.fit).toEqual({ known: 0, bars: [] })
    expect(throughput.days.map((day) => day.captions)).toEqual([3])
    for (const bar of bars)
      expect([bar.query, await count(bar.query)]).toEqual([bar.query, bar.count])
  })

  it('counts words and the things that they name as a reader of all texts would', async () => {
    const concepts = await core.client.insights.concepts({ texts: 'alt-texts' })
    const top = new Map(concepts.top.map(({ noun, images }) => [noun, images]))
    expect([top.get('dog'), top.get('bus'), top.get('beach')]).toEqual([3, 3, 2])
    for (const { query, images } of concepts.top) expect(await count(query)).toBe(images)

    const words =
      ALTS.join(' ')
        .toLowerCase()
        .match(/[a-z]+/g) ?? []
    const vocabulary = await core.client.insights.vocabulary({ texts: 'alt-texts' })
    expect(vocabulary).toMatchObject({
      ...{ texts: 6, sampled: 6, words: words.length, differentWords: new Set(words).size },
    })
    expect(vocabulary.growth.at(-1)).toEqual({
      ...{ words: words.length, differentWords: new Set(words).size },
    })
  })

  it('compares captions with their alt-texts when somebody asks', async () => {
    const { client } = core
    const started = await client.insights.fates()
    expect(started.waiting + started.captions).toBeGreaterThan(0)
    const [job] = (await client.jobs.list({ limit: 50 })).filter(
      ({ kind }) => kind === 'rounds.measure',
    )
    if (job !== undefined) await waitForJob(client, job.id)
    const { captions, units, waiting, shares } = await client.insights.fates()
    expect([captions, waiting]).toEqual([3, 0])
    expect(shares.reduce((sum, share) => sum + share.units, 0)).toBe(units)
    for (const { query, images } of shares)
      expect([query, await count(query)]).toEqual([query, images])
  })
})
