import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../src/main/hosts/cli/run.ts'
import { openSession } from '../../src/main/hosts/cli/session.ts'
import { writePicture, writeTexts } from '../support/source-folder.ts'
import { waitForJob } from '../support/test-core.ts'

const TINY_CLIP = join(import.meta.dirname, '../fixtures/models/tiny-clip')

interface Run {
  readonly exitCode: number
  readonly out: string
  readonly err: string
  /** The one document that `--json` promises. */
  readonly json: () => Record<string, unknown>
}

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-cli-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function run(argv: readonly string[], interrupt?: AbortController): Promise<Run> {
  let out = ''
  let err = ''
  const env = { REALIGN_DATA: join(folder, 'user-data'), REALIGN_LOG: 'error' }
  const exitCode = await runCli(argv, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
      // The first progress line means that the job has begun.
      interrupt?.abort()
    },
    isTerminal: true,
    env,
    baseFolder: folder,
    interrupted: (interrupt ?? new AbortController()).signal,
    openSession: () => openSession(env),
  })
  return {
    exitCode,
    out,
    err,
    json: () => {
      expect(out.trim().split('\n')).toHaveLength(1)
      return JSON.parse(out) as Record<string, unknown>
    },
  }
}

async function writeSource(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await writePicture(join(folder, 'source', `p${index}.png`), `rgb(${index}, 90, 120)`)
    await writeTexts(join(folder, 'source'), { [`p${index}.txt`]: `picture number ${index}` })
  }
}

describe('import, stats, export', () => {
  test('carry a folder through', async () => {
    await writeSource(3)
    const imported = await run(['import', 'source', '--project', 'made', '--json'])
    expect(imported.exitCode).toBe(0)
    expect(imported.json()).toMatchObject({ done: 3, skipped: 0, failed: 0, errors: [] })

    const stats = await run(['stats', '--project', 'made', '--json'])
    expect(stats.json()).toMatchObject({ images: 3, missing: 0, altTexts: 3, revisions: 0 })
    expect(stats.json()['byStatus']).toMatchObject({ todo: 3 })

    const looked = ['export', '--project', 'made', '--format', 'jsonl', '--text', 'caption']
    const checked = await run([...looked, '--check'])
    expect(checked.exitCode).toBe(1)
    expect(checked.out).toContain('3 of 3 images would be written\n')
    expect(checked.out).toContain('problem: 3 images have no text')
    expect(checked.out).toContain('query: NOT has:caption\n')
    expect(await readdir(folder)).not.toContain('set')

    const exported = await run([
      'export',
      '--project',
      'made',
      '--out',
      'set',
      '--format',
      'jsonl',
      '--json',
    ])
    expect(exported.exitCode).toBe(0)
    expect(exported.json()).toMatchObject({ done: 3, failed: 0, errors: [] })
    expect(await readdir(join(folder, 'set'))).toContain('data.jsonl')
  }, 180_000)

  test('leave fewer images by steps, and run recipes by their names', async () => {
    await writeSource(3)
    await run(['import', 'source', '--project', 'made', '--json'])
    await writeTexts(folder, { 'concepts.txt': 'number 0\nnumber 2\n' })
    const wish = ['--project', 'made', '--format', 'jsonl', '--json']
    const balanced = ['--balance', 't=9', '--concepts', 'concepts.txt', '--split', 'test=1']
    const exported = await run(['export', ...wish, '--out', 'set', ...balanced])
    expect(exported.json()).toMatchObject({ done: 2, failed: 0, result: { test: 2 } })
    expect(await readdir(join(folder, 'set'))).toEqual(['realign-manifest.json', 'test'])
    const recipes = await run(['recipes', '--project', 'made', '--json'])
    expect([recipes.exitCode, recipes.json()]).toEqual([0, []])
    const none = ['export', '--project', 'made', '--out', 'b', '--recipe', 'Mine']
    expect((await run(none)).exitCode).toBe(2)
  })

  test('list the things that the texts name, and balance by them', async () => {
    await writeSource(3)
    await writeTexts(join(folder, 'source'), { 'p0.txt': 'two dogs', 'p2.txt': 'a dog' })
    await run(['import', 'source', '--project', 'made', '--json'])
    const concepts = await run(['concepts', '--project', 'made', '--top', '1'])
    expect([concepts.exitCode, concepts.out]).toEqual([0, 'dog | dogs\n'])
    const wish = ['--project', 'made', '--format', 'jsonl', '--out', 'set', '--json']
    const found = await run(['export', ...wish, '--balance', 't=9'])
    expect(found.json()).toMatchObject({ done: 2, failed: 0 })
  }, 180_000)

  test('broken items give exit code 1 and are listed', async () => {
    await writeSource(1)
    await writeTexts(join(folder, 'source'), { 'broken.png': 'no picture' })
    const { exitCode, json } = await run(['import', 'source', '--project', 'made', '--json'])
    expect(exitCode).toBe(1)
    expect(json()).toMatchObject({
      done: 1,
      failed: 1,
      errors: [{ item: 'broken.png', code: 'IMAGE_UNREADABLE' }],
    })
  })

  test('without --json the answer is text, and progress goes to standard error', async () => {
    await writeSource(1)
    const { exitCode, out, err } = await run(['import', 'source', '--project', 'made'])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/1 done, 0 skipped, 0 failed/)
    expect(err).not.toContain('done, ')
    const quiet = await run(['import', 'source', '--project', 'made', '--quiet'])
    expect(quiet.err).toBe('')
  })

  test('an import that was interrupted goes on when it is run again', async () => {
    await writeSource(60)
    const argv = ['import', 'source', '--project', 'made', '--json']
    const stopped = await run(argv, new AbortController())
    expect(stopped.exitCode).toBe(3)
    expect(stopped.json()).toMatchObject({ error: { code: 'INTERRUPTED' } })
    expect(stopped.err).toContain('run the same command again')

    const finished = await run(argv)
    expect(finished.exitCode).toBe(0)
    const stats = await run(['stats', '--project', 'made', '--json'])
    expect(stats.json()).toMatchObject({ images: 60, altTexts: 60 })
  })
})

describe('failures', () => {
  test.each([
    ['an unknown command', ['imprt'], 2, 'USAGE'],
    ['a missing value', ['stats'], 2, 'USAGE'],
    [
      'an unknown import format',
      ['import', 'source', '--project', 'p', '--format', 'x'],
      2,
      'USAGE',
    ],
    ['a role that is none', ['import', 'source', '--project', 'p', '--map', 'x=y'], 2, 'USAGE'],
    ['a source that is not there', ['import', 'absent', '--project', 'p'], 3, 'SOURCE_NOT_FOUND'],
    ['a project that is none', ['stats', '--project', 'source'], 3, 'PROJECT_NOT_FOUND'],
  ])('%s', async (_name, argv, exitCode, code) => {
    await writeSource(1)
    const result = await run([...argv, '--json'])
    expect(result.exitCode).toBe(exitCode)
    expect(result.json()).toMatchObject({ error: { code } })
    expect(result.err).toMatch(/^realign: /)
    // Nothing was made on the way to the mistake.
    expect(await readdir(folder)).not.toContain('p')
  })

  test('an unknown export format names those there are', async () => {
    const { exitCode, err } = await run([
      'export',
      '--project',
      'p',
      '--out',
      'o',
      '--format',
      'parquets',
    ])
    expect(exitCode).toBe(2)
    expect(err).toMatch(/"parquets".*jsonl/)
  })

  test('a query with a mistake is wrong usage', async () => {
    await writeSource(1)
    await run(['import', 'source', '--project', 'made', '--quiet'])
    const where = ['--where', 'status:']
    const { exitCode, json } = await run([
      'export',
      '--project',
      'made',
      '--out',
      'o',
      '--format',
      'jsonl',
      '--json',
      ...where,
    ])
    expect(exitCode).toBe(2)
    expect(json()).toMatchObject({ error: { code: 'QUERY_INVALID' } })
  })
})

test('help and version', async () => {
  expect((await run(['help'])).out).toContain('Usage: realign')
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

describe('embed and search', () => {
  test('say that no encoder is installed, compute vectors once, and find images', async () => {
    const project = join(folder, 'project')
    await mkdir(join(folder, 'pictures'))
    for (const colour of ['red', 'blue', 'lime']) {
      await writePicture(join(folder, 'pictures', `${colour}.png`), colour)
    }
    await run(['import', 'pictures', '--project', project, '--quiet'])
    const missing = await run(['embed', '--project', project, '--pack', 'tiny-clip', '--json'])
    expect(missing).toMatchObject({ exitCode: 3 })
    expect(missing.json()).toMatchObject({ error: { code: 'PACK_NOT_FOUND' } })

    const session = await openSession({ REALIGN_DATA: join(folder, 'user-data') })
    await session.client.projects.open({ folder: project })
    const { jobId } = await session.client.models.install({ from: 'folder', path: TINY_CLIP })
    expect(await waitForJob(session.client, jobId)).toMatchObject({ state: 'done' })
    await session.close()

    const wish = ['--project', project, '--pack', 'tiny-clip', '--json']
    const embedded = await run(['embed', ...wish])
    expect(embedded.json()).toMatchObject({ done: 3, failed: 0, errors: [] })
    expect((await run(['embed', ...wish])).json()).toMatchObject({ done: 0, skipped: 3 })
    const found = await run(['search', 'a red bus', '--top', '2', ...wish])
    expect(found.exitCode).toBe(0)
    expect(found.json()).toMatchObject({
      pack: { id: 'tiny-clip' },
      rows: [{ rank: 1 }, { rank: 2 }],
      covered: 3,
      total: 3,
    })
    const plain = await run(['search', 'a red bus', '--project', project, '--pack', 'tiny-clip'])
    expect(plain.out.trim().split('\n')).toHaveLength(3)
  })
})

test('duplicates counts groups, and says what a number may be', async () => {
  await writeSource(2)
  await run(['import', 'source', '--project', 'made', '--quiet'])
  const { exitCode, json } = await run([
    'duplicates',
    '--project',
    'made',
    '--json',
    '--distance',
    '0',
  ])
  expect(exitCode).toBe(0)
  expect(json()).toMatchObject({
    done: 2,
    failed: 0,
    result: { groups: 0, compared: 2, vectors: 0 },
  })
  const wrong = await run(['duplicates', '--project', 'made', '--cosine', '2'])
  expect(wrong).toMatchObject({ exitCode: 2 })
  expect(wrong.err).toMatch(/from 0\.8 to 1, not "2"/)
})
