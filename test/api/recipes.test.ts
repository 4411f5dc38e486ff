import { copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportRun, Recipe } from '../../src/shared/contract/recipes.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { BRIDGES } from '../support/bridges.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const PICTURE = join(import.meta.dirname, '../../resources/sample/images/scene-00001.jpg')
const COLOURS = ['red', 'blue', 'lime', 'navy', 'teal', 'gold', 'pink', 'gray'] as const

/** Eight plain pictures, six of them of dogs as their texts say, and a scene with a copy of it. */
async function writeSource(folder: string): Promise<void> {
  for (const colour of COLOURS) await writePicture(join(folder, `${colour}.png`), colour)
  await copyFile(PICTURE, join(folder, 'scene.jpg'))
  await sharp(PICTURE).png().toFile(join(folder, 'copy.png'))
  const dogs = COLOURS.map((colour, index) => ({
    image: `${colour}.png`,
    alt: index < 6 ? `a ${colour} dog` : `they stand near something ${colour}`,
  }))
  const scenes = ['scene.jpg', 'copy.png'].map((image) => ({ image, alt: 'an okapi, in a zoo' }))
  await writeTexts(folder, { 'texts.jsonl': toJsonl([...dogs, ...scenes]) })
}

describe.each(BRIDGES)('recipes through %s', (bridge) => {
  let core: TestCore
  let recipe: Recipe

  beforeAll(async () => {
    core = await openTestCore(bridge)
    await writeSource(join(core.folder, 'source'))
    await importSource(core.client, { path: join(core.folder, 'source/texts.jsonl') })
    recipe = await core.client.recipes.create({
      name: 'Balanced',
      content: {
        format: 'jsonl',
        subset: {
          seed: 7,
          nearDuplicates: 'best',
          balance: { concepts: ['dog', 'okapi'], most: 2 },
          split: { shares: { train: 0.5, validation: 0.25, test: 0.25 } },
        },
      },
    })
  })
  afterAll(() => core.close())

  async function read(folder: string): Promise<Record<string, string>> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    const pairs = files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const
    })
    return Object.fromEntries(await Promise.all(pairs))
  }

  async function run(name: string, version?: number): Promise<Record<string, string>> {
    const out = join(core.folder, 'out', name)
    const wish = version === undefined ? {} : { version }
    const { jobId } = await core.client.recipes.run({ id: recipe.id, out, ...wish })
    expect(await waitForJob(core.client, jobId)).toMatchObject({ state: 'done', failed: 0 })
    return read(out)
  }

  it('say how many images each step leaves, and why', async () => {
    const counts = await core.client.exports.counts(recipe.content)
    expect(counts.steps.map(({ step, before, after }) => [step, before, after])).toEqual([
      ['query', 10, 10],
      ['near-duplicates', 10, 9],
      ['balance', 9, expect.any(Number)],
    ])
    const [, duplicates, balanced] = counts.steps
    expect(duplicates?.why).toBe('1 near-duplicate of a better copy')
    expect(balanced?.why).toBe(
      '1 of 2 concepts have more than 2 images; images of no rarer one are thinned out; 2 images without a concept dropped',
    )
    expect(balanced?.after).toBeLessThan(7)
    expect(counts.splits.map(({ split }) => split)).toEqual(['train', 'validation', 'test'])
    expect(counts.splits.reduce((sum, { images }) => sum + images, 0)).toBe(balanced?.after)
    expect(counts.notes).toEqual([expect.stringContaining('Duplicates were not looked for yet')])
    const preview = await core.client.exports.preview(recipe.content)
    expect(preview.count).toBe(balanced?.after)
    const kept = (balanced?.after ?? 0) - 1
    expect(counts.concepts).toEqual([
      { concept: 'dog', found: 6, kept },
      { concept: 'okapi', found: 1, kept: 1 },
    ])
  })

  it('take their concepts from the texts, as far as an image of the query says them', async () => {
    const ask = (wish: object) => core.client.exports.concepts(wish)
    const all = await ask({})
    expect(all).toMatchObject({ sampled: 10, of: 10 })
    // "Stand" is no thing here, although a fruit stand is one.
    expect(all.concepts.slice(0, 3)).toEqual([
      { concept: 'dog', images: 6 },
      { concept: 'okapi', images: 2 },
      { concept: 'zoo', images: 2 },
    ])
    expect((await ask({ most: 1 })).concepts).toEqual([{ concept: 'dog', images: 6 }])
    expect((await ask({ where: 'alt:okapi' })).concepts).toEqual([
      { concept: 'okapi', images: 2 },
      { concept: 'zoo', images: 2 },
    ])
    expect(await ask({ texts: 'caption' })).toMatchObject({ concepts: [], sampled: 10 })
    await expect(ask({ where: 'nonsense:1' })).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  })

  it('write the same bytes again, also after others were changed', async () => {
    const first = await run('first')
    const more = join(core.folder, 'more')
    await writePicture(join(more, 'later.png'), 'orange')
    await writeTexts(more, { 'texts.jsonl': toJsonl([{ image: 'later.png', alt: 'no such' }]) })
    await importSource(core.client, { path: join(more, 'texts.jsonl') })
    const second = await run('second')
    // The image that came has no concept, so only the manifest's counts of the steps say that it is there.
    const { 'realign-manifest.json': _first, ...files } = first
    const { 'realign-manifest.json': _second, ...again } = second
    expect(Object.keys(files).length).toBeGreaterThan(0)
    expect(again).toEqual(files)
    expect(await run('second')).toEqual(second)
  })

  it('keep what each run came to', async () => {
    const runs = await core.client.recipes.runs({ id: recipe.id })
    const [last, before] = runs as [ExportRun, ExportRun]
    expect(runs).toHaveLength(3)
    expect(last).toMatchObject({
      ...{ recipe: { name: 'Balanced', version: 1 }, appVersion: '0.0.0-test', failed: 0 },
      ...{ sha256: before.sha256, content: recipe.content },
    })
    expect(last.done).toBe(last.counts.steps.at(-1)?.after)
    const out = await read(last.folder)
    const manifest = JSON.parse(out['realign-manifest.json'] ?? '') as {
      sha256: string
      files: { name: string }[]
    }
    expect(manifest).toMatchObject({
      ...{ recipe: { name: 'Balanced', version: 1 }, sha256: last.sha256 },
      ...{ steps: last.counts.steps, splits: last.counts.splits },
    })
    const filled = last.counts.splits.filter(({ images }) => images > 0)
    expect(manifest.files.map(({ name }) => name)).toEqual(
      filled.map(({ split }) => `${split}/data.jsonl`).toSorted(),
    )
    expect((await core.client.recipes.list())[0]?.lastRunAt).toBe(last.endedAt)
  })

  it('have versions that are only added, and say what differs', async () => {
    const { subset } = recipe.content
    const content = { ...recipe.content, where: 'alt:dog', subset: { ...subset, budget: 3 } }
    const changed = await core.client.recipes.change({ id: recipe.id, version: 1, content })
    expect(changed).toMatchObject({ version: 2, name: 'Balanced' })
    expect(await core.client.recipes.change({ id: recipe.id, version: 2, content })).toMatchObject({
      version: 2,
    })
    await expect(
      core.client.recipes.change({ id: recipe.id, version: 1, content: recipe.content }),
    ).rejects.toMatchObject({ code: 'RECIPE_CONFLICT' })
    const versions = await core.client.recipes.versions({ id: recipe.id })
    expect(versions.map(({ version }) => version)).toEqual([2, 1])
    expect(
      await core.client.recipes.diff({ before: recipe.content, after: changed.content }),
    ).toEqual([
      { field: 'Query', before: 'all images', after: 'alt:dog' },
      { field: 'Budget', before: 'off', after: '3 images' },
    ])
    expect(JSON.parse((await run('third', 2))['realign-manifest.json'] ?? '')).toMatchObject({
      recipe: { version: 2 },
    })
  })

  it('are renamed, removed and brought back', async () => {
    const { id } = recipe
    const other = await core.client.recipes.create({ name: 'Other', content: { format: 'csv' } })
    await expect(core.client.recipes.rename({ id, name: 'OTHER' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    })
    expect(await core.client.recipes.rename({ id, name: 'Set A' })).toMatchObject({ version: 2 })
    await core.client.recipes.remove({ id: other.id, version: 1 })
    expect((await core.client.recipes.list()).map(({ name }) => name)).toEqual(['Set A'])
    await expect(core.client.recipes.versions({ id: other.id })).rejects.toMatchObject({
      code: 'RECIPE_NOT_FOUND',
    })
    await core.client.recipes.restore({ id: other.id })
    expect((await core.client.recipes.list()).map(({ name }) => name)).toEqual(['Other', 'Set A'])
  })

  it('refuse what nobody could run', async () => {
    const create = (content: object) =>
      core.client.recipes.create({ name: 'Bad', content: { format: 'jsonl', ...content } })
    await expect(create({ where: 'nonsense:1' })).rejects.toMatchObject({ code: 'QUERY_INVALID' })
    await expect(create({ format: 'nothing' })).rejects.toMatchObject({
      code: 'SOURCE_FORMAT_UNKNOWN',
    })
    const strata = { by: 'query', queries: ['status:'], count: 1 }
    await expect(create({ subset: { strata } })).rejects.toMatchObject({ code: 'QUERY_INVALID' })
    await expect(create({ subset: { strata: { by: 'query', count: 1 } } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})
