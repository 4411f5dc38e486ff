import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { writePicture } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'
import { writeTinyYolox } from '../support/tiny-yolox.ts'

const LIMIT_MS = 120_000
const TEXTS = { 'one.png': 'A dog and a cat.', 'two.png': 'Two dogs.', 'three.png': 'A kite.' }

/** Pictures of no world that an encoder here knows, so that all there is to look with is a detector. */
describe('checks with nothing, then with a detector alone', () => {
  let core: TestCore
  let source: string
  let imageId: ImageId

  beforeAll(async () => {
    core = await openTestCore('direct')
    source = join(core.folder, 'source')
    await mkdir(source)
    const rows = Object.entries(TEXTS).map(([name, alt]) => ({ file_name: name, alt: [alt] }))
    for (const [at, { file_name: name }] of rows.entries()) {
      await writePicture(join(source, name), ['teal', 'gold', 'navy'][at] ?? 'red')
    }
    const lines = rows.map((row) => JSON.stringify({ ...row, alt_origin: ['alt'] }))
    await writeFile(join(source, 'metadata.jsonl'), `${lines.join('\n')}\n`)
    await importSource(core.client, { path: source })
    imageId = await findImage('name:one')
  }, LIMIT_MS)
  afterAll(() => core.close())

  async function findImage(query: string): Promise<ImageId> {
    const sort = { key: 'name', descending: false } as const
    const { rows } = await core.client.library.page({ query, sort, position: 0, limit: 1 })
    return rows[0]?.id as ImageId
  }

  async function verdictsOf(id: ImageId, caption: string) {
    const { verdicts } = await core.client.judgements.get({ imageId: id, caption })
    return new Map(verdicts.map((verdict) => [caption.slice(verdict.start, verdict.end), verdict]))
  }

  async function detailsOf(id: ImageId, caption: string) {
    return (await core.client.judgements.get({ imageId: id, caption })).details
  }

  it('say what is missing, and mark nothing, without packs', async () => {
    const caption = 'A dog and a cat.'
    const answer = await core.client.checks.run({ imageId, caption })
    expect(answer).toMatchObject({ isChecked: false })
    expect(answer.missing).toContain('install')
    expect((await verdictsOf(imageId, caption)).size).toBe(0)
    expect(await core.client.checks.status()).toMatchObject({ pack: null, checked: 0, total: 3 })
  })

  it(
    'call supported what the detector sees, and nothing what it was not measured for',
    async () => {
      const folder = join(core.folder, 'tiny-yolox')
      await writeTinyYolox(folder)
      const { jobId } = await core.client.models.install({ from: 'folder', path: folder })
      expect(await waitForJob(core.client, jobId)).toMatchObject({ state: 'done', error: null })
      expect(await core.client.checks.status()).toMatchObject({
        ...{ pack: { id: 'tiny-yolox' }, missing: null, checked: 0, total: 3 },
      })
      const caption = 'A poodle and a cat left of a red house. Two cars.'
      expect(await core.client.checks.run({ imageId, caption })).toEqual({
        ...{ isChecked: true, missing: null },
      })
      const verdicts = await verdictsOf(imageId, caption)
      expect(verdicts.get('poodle')).toMatchObject({ status: 'supported' })
      expect(verdicts.get('poodle')?.reason).toContain('the detector sees it')
      expect(verdicts.get('poodle')?.region?.x).toBeCloseTo(0.25)
      expect(verdicts.get('poodle')?.region?.width).toBeCloseTo(0.5)
      // A missing box is no verdict: small detectors miss one thing in five.
      expect(verdicts.get('cat')).toMatchObject({ status: 'unsure' })
      expect(verdicts.get('cat')?.reason).toContain('finds no cat')
      for (const words of ['house', 'red', 'left of', 'Two']) {
        expect(verdicts.get(words)).toMatchObject({ status: 'unsure', probability: null })
      }
      const { detect } = await core.client.findings.get({ imageId })
      expect(detect).toMatchObject({ pack: { id: 'tiny-yolox' }, boxes: [{ label: 'dog' }] })
    },
    LIMIT_MS,
  )

  it(
    'offer what the detector found and the caption does not say',
    async () => {
      await core.client.checks.run({ imageId, caption: 'A cat on a mat.' })
      expect(await detailsOf(imageId, 'A cat on a mat.')).toMatchObject([
        { kind: 'thing', phrase: 'a dog' },
      ])
      await core.client.checks.run({ imageId, caption: 'A dog on a mat.' })
      expect(await detailsOf(imageId, 'A dog on a mat.')).toEqual([])
    },
    LIMIT_MS,
  )

  it.each([
    ['an empty caption', ' \n ', 'no text'],
    ['5,000 words', 'word '.repeat(5_000), 'too long'],
    ['600 things', 'A dog. '.repeat(600), 'more than 500 things'],
    [
      'another language',
      'Ein Hund sitzt neben einer Katze auf dem alten Sofa im Garten.',
      'German',
    ],
    ['other letters', 'Собака и Poodle', 'Latin letters'],
  ])('say nothing of %s, and why', async (_, caption, why) => {
    // Its marks do not stay on words that both texts have.
    await core.client.checks.run({ imageId, caption: 'A word: Poodle on a Sofa.' })
    const answer = await core.client.checks.run({ imageId, caption })
    expect(answer.isChecked).toBe(false)
    expect(answer.missing).toContain(why)
    expect((await verdictsOf(imageId, caption)).size).toBe(0)
  })

  it('judge a single word', async () => {
    expect(await core.client.checks.run({ imageId, caption: 'Dog' })).toMatchObject({
      isChecked: true,
    })
    expect((await verdictsOf(imageId, 'Dog')).get('Dog')).toMatchObject({ status: 'supported' })
  })

  it(
    'go over the rest where a picture is gone',
    async () => {
      const gone = await findImage('name:two')
      await rm(join(source, 'two.png'))
      const caption = 'Two dogs on a mat.'
      const answer = await core.client.checks.run({ imageId: gone, caption })
      expect(answer.isChecked).toBe(false)
      expect(answer.missing).not.toBeNull()
      expect((await verdictsOf(gone, caption)).size).toBe(0)
      const three = await findImage('name:three')
      const { jobId } = await core.client.checks.start({})
      expect(await waitForJob(core.client, jobId)).toMatchObject({
        ...{ state: 'done', done: 2, failed: 1 },
      })
      expect(await detailsOf(three, 'A kite.')).toMatchObject([{ phrase: 'a dog' }])
      expect(await core.client.checks.status()).toMatchObject({ checked: 2, total: 3 })
    },
    LIMIT_MS,
  )

  it(
    'keep verdicts of another revision of the pack apart',
    async () => {
      const folder = join(core.folder, 'tiny-yolox-2')
      await writeTinyYolox(folder, '2')
      const { jobId } = await core.client.models.install({ from: 'folder', path: folder })
      expect(await waitForJob(core.client, jobId)).toMatchObject({ state: 'done', error: null })
      expect(await core.client.checks.status()).toMatchObject({
        ...{ pack: { revision: '2' }, checked: 0, total: 3 },
      })
    },
    LIMIT_MS,
  )
})
