import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHECK_SIGNALS, type CheckSignal } from '../../src/shared/domain/check-signal.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { parseCalibrationTable } from '../../src/main/checks/calibration-table.ts'
import { calibrationsFolder } from '../../src/main/features/checks/shipped-calibration.ts'
import { runCli } from '../../src/main/hosts/cli/run.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const LIMIT_MS = 120_000
const PICTURES = ['scene-00001.jpg', 'scene-00006.jpg'] as const
const NOBODY_CHECKS = { isChecked: false }

/** The bundled sample with a few of its pictures, so that importing it takes no time. */
async function writeSmallSample(folder: string): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true })
  const table = await readFile(join(sampleFolder(), 'metadata.jsonl'), 'utf8')
  const rows = table.split('\n').filter((row) => PICTURES.some((name) => row.includes(name)))
  await writeFile(join(folder, 'metadata.jsonl'), `${rows.join('\n')}\n`)
  for (const name of PICTURES) {
    await copyFile(join(sampleFolder(), 'images', name), join(folder, 'images', name))
  }
}

/** The signals of the starter pack's shipped table, by the kinds of units that have limits. */
async function readUsedSignals(): Promise<ReadonlyMap<string, readonly CheckSignal[]>> {
  const text = await readFile(join(calibrationsFolder(), 'starter.json'), 'utf8')
  const { kinds } = parseCalibrationTable(JSON.parse(text))
  const bounded = kinds.filter((one) => one.unsupportedAt !== null || one.supportedAt !== null)
  return new Map(bounded.map(({ kind, signals }) => [kind, signals.map(({ name }) => name)]))
}

// One bridge will do: what answers a check does not depend on how it was asked.
describe('checks', () => {
  let core: TestCore
  let folder: string
  let imageId: ImageId

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realign-small-sample-'))
    await writeSmallSample(folder)
    core = await openTestCore('direct', { sampleFolder: folder })
    await core.client.projects.openSample()
    const jobs = await core.client.jobs.list({})
    for (const { id } of jobs) await waitForJob(core.client, id)
    imageId = await findImage('name:scene-00001')
  }, LIMIT_MS)
  afterAll(async () => {
    await core.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function findImage(query: string): Promise<ImageId> {
    const sort = { key: 'name', descending: false } as const
    const { rows } = await core.client.library.page({ query, sort, position: 0, limit: 1 })
    return rows[0]?.id as ImageId
  }

  async function countImages(query: string): Promise<number> {
    const sort = { key: 'name', descending: false } as const
    return (await core.client.library.page({ query, sort, position: 0, limit: 1 })).total
  }

  async function verdictsOf(caption: string) {
    const { verdicts } = await core.client.judgements.get({ imageId, caption })
    return new Map(verdicts.map((verdict) => [caption.slice(verdict.start, verdict.end), verdict]))
  }

  it(
    'tell what the picture shows from what it does not',
    async () => {
      const caption = 'A golden park. There is a purple sofa and a submarine in Lake Como.'
      expect(await core.client.checks.run({ imageId, caption })).toEqual({
        ...{ isChecked: true, missing: null },
      })
      const verdicts = await verdictsOf(caption)
      expect(verdicts.get('park')).toMatchObject({ kind: 'entity', status: 'supported' })
      expect(verdicts.get('park')?.region?.width).toBeGreaterThan(0)
      expect(verdicts.get('golden')?.reason).toContain('golden')
      expect(verdicts.get('purple')?.status).toBe('unsupported')
      expect(verdicts.get('purple')?.reason).toContain('purple')
      // Whether a wrong thing is told, or left unsure, is for the limits of the calibration to say.
      expect(verdicts.get('submarine')?.status).not.toBe('supported')
      expect(verdicts.get('submarine')?.probability).toBeLessThan(0.5)
      expect(verdicts.get('Lake Como')).toMatchObject({ status: 'unsure', probability: null })
      expect(verdicts.get('Lake Como')?.reason).toContain('not verifiable')
    },
    LIMIT_MS,
  )

  it(
    'say the same of a clause after another one was edited',
    async () => {
      const before = 'A golden park. There is a submarine.'
      const after = 'A golden park. There is a kite.'
      await core.client.checks.run({ imageId, caption: before })
      const first = await verdictsOf(before)
      await core.client.checks.run({ imageId, caption: after })
      const second = await verdictsOf(after)
      expect(second.get('park')).toEqual(first.get('park'))
      expect(second.get('golden')).toEqual(first.get('golden'))
      expect(second.has('submarine')).toBe(false)
      expect(second.get('kite')?.probability).toBeGreaterThan(0.5)
    },
    LIMIT_MS,
  )

  it(
    'stay silent, with a reason, about what they cannot read',
    async () => {
      const { run } = core.client.checks
      expect(await run({ imageId, caption: '  ' })).toMatchObject(NOBODY_CHECKS)
      const german = 'Drei Enten stehen im Park, und ein Pudel sitzt neben dem großen Baum im Gras.'
      const answer = await run({ imageId, caption: german })
      expect(answer).toMatchObject(NOBODY_CHECKS)
      expect(answer.missing).toContain('German')
      const long = await run({ imageId, caption: 'A dog on a sofa. '.repeat(1_250) })
      expect(long.missing).toContain('too long')
      const opinion = 'It is lovely.'
      expect(await run({ imageId, caption: opinion })).toMatchObject({ isChecked: true })
      expect((await verdictsOf(opinion)).size).toBe(0)
    },
    LIMIT_MS,
  )

  it(
    'leave out what somebody switched off, and go over the project in a job',
    async () => {
      const { checks } = core.client
      const off = await checks.setSignal({ name: 'swap', isOn: false })
      expect(off.signals.find(({ name }) => name === 'swap')).toMatchObject({ isOn: false })
      await checks.setSignal({ name: 'swap', isOn: true })

      const { jobId } = await checks.start({})
      expect(await waitForJob(core.client, jobId)).toMatchObject({
        state: 'done',
        done: 2,
        failed: 0,
      })
      expect(await checks.status()).toMatchObject({
        ...{ pack: { id: 'starter' }, missing: null, checked: 2, total: 2 },
      })
      // The language has fields for what the last check came to.
      const wishes = ['unsupported>=0', 'coverage:0..100%', 'score<=100%', 'score<50%']
      const counts = await Promise.all(wishes.map(countImages))
      expect(counts).toEqual([2, 2, 2, 1])
      const again = await checks.start({})
      expect(await waitForJob(core.client, again.jobId)).toMatchObject({ done: 0, skipped: 2 })

      const { headRevisionId } = await core.client.align.get({ imageId })
      await core.client.align.submit({
        ...{ imageId, baseRevisionId: headRevisionId, text: 'A kite in a park.' },
      })
      expect(await checks.status()).toMatchObject({ checked: 1, total: 2 })
      expect(await countImages('unsupported>=0')).toBe(1)
    },
    LIMIT_MS,
  )

  it(
    'are printed with their evidence by the command line',
    async () => {
      const current = await core.client.projects.current()
      const parts: string[] = []
      const exitCode = await runCli(['check', '--project', current?.folder ?? '', '--json'], {
        out: (text) => {
          parts.push(text)
        },
        err: () => undefined,
        isTerminal: false,
        env: {},
        baseFolder: folder,
        interrupted: new AbortController().signal,
        openSession: () => Promise.resolve({ client: core.client, close: () => Promise.resolve() }),
      })
      expect(exitCode).toBe(0)
      // A document of many images is longer than a string may be, so each is written by itself.
      expect(parts.filter((part) => part.includes('"units":[')).length).toBe(PICTURES.length)
      const answer = JSON.parse(parts.join('')) as {
        images: {
          text: string
          units: { words: string; evidence: object }[]
          coverage: number
          fit: { score: number; place: number }
        }[]
      }
      // Of two texts one fits worse, and the other better.
      expect(answer.images.map(({ fit }) => fit.place).toSorted()).toEqual([0, 1])
      expect(answer.images.every(({ coverage }) => coverage > 0)).toBe(true)
      expect(answer.images.map(({ text }) => text)).toContain('A kite in a park.')
      const units = answer.images.find(({ text }) => text === 'A kite in a park.')?.units ?? []
      expect(units.map(({ words }) => words)).toEqual(['kite', 'in', 'park'])
      // Nothing but what the shipped table goes by is computed, and of relations it goes by nothing.
      const used = await readUsedSignals()
      const ofThings = used.get('entity') ?? []
      expect(ofThings).toContain('reg')
      const evidence = units.map((unit) => Object.keys(unit.evidence))
      expect(evidence).toEqual([ofThings, [], ofThings])
      const { signals } = await core.client.checks.status()
      const silent = signals.filter(({ missing }) => missing?.startsWith('Not computed'))
      const inUse = new Set([...used.values()].flat())
      const unused = CHECK_SIGNALS.filter((name) => !inUse.has(name) && name !== 'box')
      expect(silent.map(({ name }) => name)).toEqual(unused)
    },
    LIMIT_MS,
  )

  it(
    'are measured on accepted captions and answers, and stay as they came where these are few',
    async () => {
      const { align, checks, judgements, review } = core.client
      const none = await checks.calibrate()
      expect(await waitForJob(core.client, none.jobId)).toMatchObject({
        ...{ state: 'failed', error: { code: 'INPUT_INVALID' } },
      })
      expect((await checks.status()).trial).toBeNull()
      const caption = 'A golden park. There is a purple sofa.'
      await checks.run({ imageId, caption })
      const answer = { kind: 'verdict', words: 'purple', occurrence: 0, reason: '' } as const
      await judgements.answer({ imageId, override: { ...answer, answer: 'deleted' } })
      const before = await align.get({ imageId })
      await align.submit({
        ...{ imageId, baseRevisionId: before.headRevisionId, text: 'A golden park.' },
      })
      const { headRevisionId } = await align.get({ imageId })
      if (headRevisionId === null) throw new Error('Nothing was submitted.')
      await review.accept({ imageId, baseRevisionId: headRevisionId })
      const shipped = (await checks.status()).calibration

      const { jobId } = await checks.calibrate()
      expect(await waitForJob(core.client, jobId)).toMatchObject({ state: 'done', failed: 0 })
      const { calibration, trial, labels } = await checks.status()
      expect(labels).toEqual({ accepted: 1, answered: 1, isOffered: false })
      expect(trial).toMatchObject({ isUsed: true, images: 1 })
      const byKind = new Map(trial?.kinds.map((kind) => [kind.kind, kind]))
      // "park" and one wrong word in its place; "golden", its foil, and the answer about "purple".
      expect(byKind.get('entity')).toMatchObject({ labelled: 2, answered: 0, refusal: 'too-few' })
      expect(byKind.get('attribute')).toMatchObject({ labelled: 3, answered: 1, rejected: 1 })
      expect(calibration).toEqual(shipped)
      expect((await checks.useTrial({ isUsed: false })).trial).toMatchObject({ isUsed: false })
    },
    LIMIT_MS,
  )

  it(
    'tell what a round came to, all in all and by person, with intervals',
    async () => {
      const { checks, rounds } = core.client
      await checks.run({ imageId, caption: 'A golden park.' })
      await rounds.list()
      const jobs = await core.client.jobs.list({})
      for (const { id } of jobs) await waitForJob(core.client, id)
      const { captions, measures, people, supportChange } = await checks.round({ round: 1 })
      expect(captions).toBe(1)
      // "A golden park." for "ladybug left of poodle": nothing that one names is in the other.
      expect(measures.edit).toEqual({ mean: 1, low: 1, high: 1, captions: 1 })
      expect(measures).toMatchObject({ precision: { mean: 0 }, recall: { mean: 0 } })
      expect(measures.support).toMatchObject({ mean: 1, captions: 1 })
      expect(measures.unsupported).toMatchObject({ mean: 0 })
      expect(measures.fit?.captions).toBe(1)
      // The alt-text was checked too, and its relation counts as open.
      expect(supportChange?.mean).toBeGreaterThan(0)
      expect(people).toMatchObject([{ isModel: false, captions: 1, measures }])
      expect(await checks.round({ round: 9 })).toMatchObject({ captions: 0, people: [] })
    },
    LIMIT_MS,
  )

  it(
    'need a real encoder for pictures of another world',
    async () => {
      const { client } = core
      await client.projects.create({ folder: join(core.folder, 'other') })
      await importSource(client, { path: folder })
      const other = await findImage('name:scene-00001')
      const answer = await client.checks.run({ imageId: other, caption: 'A dog.' })
      expect(answer).toMatchObject(NOBODY_CHECKS)
      expect(answer.missing).toContain('install a real encoder pack')
      expect(await client.checks.status()).toMatchObject({ pack: null, checked: 0, total: 2 })
      await expect(client.checks.start({})).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' })
    },
    LIMIT_MS,
  )
})
