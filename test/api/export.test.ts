import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const FORMATS = [
  ...(['jsonl', 'csv', 'tsv', 'txt', 'imagefolder', 'imagefolder-csv', 'realign'] as const),
  ...(['imagefolder-parquet', 'hf-parquet', 'webdataset', 'img2dataset'] as const),
  ...([
    'coco',
    'kohya',
    'altogether',
    'altogether-round3',
    'docci',
    'fiftyone',
    'fiftyone-csv',
  ] as const),
  'label-studio',
] as const

describe('exporting', () => {
  let core: TestCore
  let source: string
  let ids: ImageId[]
  let count = 0

  beforeAll(async () => {
    core = await openTestCore('direct')
    source = join(core.folder, 'source')
    await writePicture(join(source, 'a.png'), 'red')
    await writePicture(join(source, 'sub/b, "quoted" 🦎.png'), 'blue')
    await writeTexts(source, {
      'table.jsonl': toJsonl([
        { file_name: 'a.png', alt: ['alt A', 'title A'] },
        { file_name: 'sub/b, "quoted" 🦎.png', alt: ['alt B'] },
        { file_name: 'gone.png', alt: ['alt of a missing picture'] },
      ]),
    })
    await importSource(core.client, { path: join(source, 'table.jsonl') })
    const page = await core.client.library.page({
      query: '',
      sort: DEFAULT_SORT,
      position: 0,
      limit: 10,
    })
    ids = page.rows.map((row) => row.id)
    const imageId = ids[0]
    if (imageId === undefined) throw new Error('Nothing was imported.')
    const text = 'Caption A, with "quotes",\nתמונה and 🦎'
    await core.client.align.submit({ imageId, baseRevisionId: null, text })
    await core.client.library.setTag({
      selection: { kind: 'ids', ids: [imageId] },
      tag: 'first',
      on: true,
    })
  })
  afterAll(() => core.close())

  async function run(request: {
    format: string
    where?: string
    out?: string
    options?: object
  }): Promise<{ job: Job; out: string }> {
    count += 1
    const out = request.out ?? join(core.folder, 'exports', `${request.format}-${count}`)
    const { jobId } = await core.client.exports.start({ ...request, out })
    return { job: await waitForJob(core.client, jobId), out }
  }

  async function hashes(folder: string): Promise<Record<string, string>> {
    const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const pairs = await Promise.all(
      names.map(async (name) => [
        name.slice(folder.length + 1),
        createHash('sha256')
          .update(await readFile(name))
          .digest('hex'),
      ]),
    )
    return Object.fromEntries(pairs) as Record<string, string>
  }

  it.each(FORMATS)('writes %s twice with the same bytes and a true manifest', async (format) => {
    const first = await run({ format })
    expect(first.job.state).toBe('done')
    expect(first.job.done + first.job.skipped + first.job.failed).toBe(3)
    const second = await run({ format })
    const written = await hashes(first.out)
    expect(await hashes(second.out)).toEqual(written)
    const manifest = JSON.parse(
      await readFile(join(first.out, 'realign-manifest.json'), 'utf8'),
    ) as { files: { name: string; sha256: string; bytes: number }[] }
    const { 'realign-manifest.json': _manifest, ...files } = written
    expect(Object.fromEntries(manifest.files.map((file) => [file.name, file.sha256]))).toEqual(
      files,
    )
    for (const file of manifest.files) {
      expect((await stat(join(first.out, file.name))).size).toBe(file.bytes)
    }
  })

  it('exports what a query matches', async () => {
    const { job, out } = await run({ format: 'jsonl', where: 'status:submitted' })
    expect(job.done).toBe(1)
    const [name] = (await readdir(out)).filter((entry) => entry.endsWith('.jsonl'))
    const line = JSON.parse(await readFile(join(out, name ?? ''), 'utf8')) as { caption: string }
    expect(line.caption).toBe('Caption A, with "quotes",\nתמונה and 🦎')
    await expect(run({ format: 'jsonl', where: 'nonsense:1' })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    })
  })

  it('chooses, cuts and prefixes texts, and says what was left out', async () => {
    const options = {
      ...{ text: 'several', roles: ['alt', 'caption'], prefix: '{role}: ', shardImages: 1 },
      tokens: { target: 'characters-300', limit: 16, over: 'leave-out' },
    }
    const { job, out } = await run({ format: 'jsonl', options })
    expect([job.done, job.skipped, job.failed]).toEqual([2, 1, 0])
    expect(job.result).toMatchObject({ warnings: expect.stringContaining('2 texts') as string })
    const lines = (await readFile(join(out, 'data.jsonl'), 'utf8')).trimEnd().split('\n')
    const texts = lines.map((line) => (JSON.parse(line) as { texts: string[] }).texts)
    expect(texts).toEqual([['alt: alt A', 'alt: title A'], ['alt: alt B']])
    const { job: strict } = await run({
      ...{ format: 'jsonl', where: 'status:submitted' },
      options: { text: 'caption', tokens: { ...options.tokens, limit: 3 } },
    })
    expect([strict.done, strict.skipped]).toEqual([0, 1])
  })

  it('describes the data set the same each time, with the hashes of its files', async () => {
    const describe = { licence: 'CC-BY-4.0', creator: 'Ann & Bob', url: 'https://x.test/set' }
    const first = await run({ format: 'imagefolder', options: { describe } })
    const second = await run({ format: 'imagefolder', options: { describe } })
    const written = await hashes(first.out)
    expect(await hashes(second.out)).toEqual(written)
    const card = await readFile(join(first.out, 'README.md'), 'utf8')
    expect(card).toMatch(/^---\npretty_name: .*\nlicense: other\nlicense_name: "CC-BY-4.0"\n/)
    expect(card).toContain('| images | 3 |')
    expect(card).toContain('| with a caption | 1 |')
    const croissant = JSON.parse(await readFile(join(first.out, 'croissant.json'), 'utf8')) as {
      distribution: { contentUrl?: string; sha256?: string; includes?: string }[]
    }
    const table = croissant.distribution.find(({ contentUrl }) => contentUrl !== undefined)
    expect(croissant).toMatchObject({ license: 'CC-BY-4.0', url: 'https://x.test/set' })
    expect(
      croissant.distribution.map(({ contentUrl, includes }) => contentUrl ?? includes),
    ).toEqual(['README.md', 'train/metadata.jsonl', 'train/*.png'])
    expect(table?.sha256).toBe(written['README.md'])
  })

  it('says before anything is written what is wrong with a choice', async () => {
    const check = await core.client.exports.check({ format: 'imagefolder' })
    expect(check).toMatchObject({
      ...{ images: 3, looked: 3, counts: { done: 2, skipped: 0, failed: 1 } },
      findings: [
        {
          weight: 'problem',
          images: 1,
          query: '(is:missing OR is:broken)',
          examples: ['gone.png'],
        },
        { id: 'not-accepted', weight: 'note', images: 3, query: 'NOT status:accepted' },
        { weight: 'note', images: null, message: expect.stringContaining('licence') as string },
      ],
    })
    const captions = await core.client.exports.check({
      ...{ format: 'jsonl', where: 'NOT tag:nothing', most: 2 },
      options: { text: 'caption', describe: { licence: 'CC-BY-4.0', url: 'https://x.test' } },
    })
    expect([captions.images, captions.looked]).toEqual([3, 2])
    const textless = captions.findings.find(({ id }) => id === 'no-text')
    expect(textless).toMatchObject({
      ...{ weight: 'problem', images: 1, query: '(NOT tag:nothing) NOT has:caption' },
    })
    expect(captions.findings.at(-1)?.message).toContain('no creator')
    const listed = await core.client.library.page({
      ...{ query: textless?.query ?? '', sort: DEFAULT_SORT, position: 0, limit: 10 },
    })
    expect(listed.rows.map(({ id }) => id)).toEqual(ids.slice(1))
  })

  it('carries a project over in the exchange form', async () => {
    const { out } = await run({ format: 'realign' })
    const imageId = ids[0]
    if (imageId === undefined) throw new Error('Nothing was imported.')
    const before = await core.client.align.get({ imageId })
    const stats = await core.client.projects.stats()
    const original = (await core.client.projects.current())?.folder ?? ''
    await core.client.projects.create({ folder: join(core.folder, 'copy') })
    const job = await importSource(core.client, { path: out })
    expect(job.state).toBe('done')
    expect(await core.client.projects.stats()).toEqual(stats)
    const page = await core.client.library.page({
      query: 'status:submitted',
      sort: DEFAULT_SORT,
      position: 0,
      limit: 10,
    })
    const copyId = page.rows[0]?.id
    if (copyId === undefined) throw new Error('The status did not travel.')
    const after = await core.client.align.get({ imageId: copyId })
    expect(after).toMatchObject({ uid: before.uid, hash: before.hash, tags: ['first'] })
    const history = (image: typeof before): unknown =>
      image.revisions.map(({ text, round, author, createdAt }) => ({
        text,
        round,
        author,
        createdAt,
      }))
    expect(history(after)).toEqual(history(before))
    // Out of the copy comes the same again, byte for byte.
    const again = await run({ format: 'realign' })
    const file = 'realign.jsonl'
    expect(await readFile(join(again.out, file), 'utf8')).toBe(
      await readFile(join(out, file), 'utf8'),
    )
    expect(await readFile(join(again.out, 'realign.json'), 'utf8')).toBe(
      await readFile(join(out, 'realign.json'), 'utf8'),
    )
    await core.client.projects.open({ folder: original })
  })

  it('takes pictures out of the cells of a table', async () => {
    const { out: table } = await run({ format: 'hf-parquet' })
    const original = (await core.client.projects.current())?.folder ?? ''
    await core.client.projects.create({ folder: join(core.folder, 'from-cells') })
    await importSource(core.client, { path: table })
    for (const format of ['imagefolder', 'webdataset']) {
      const { job } = await run({ format })
      expect([job.done, job.skipped, job.failed]).toEqual([2, 0, 0])
    }
    const preview = await core.client.exports.preview({ format: 'webdataset' })
    expect(preview.warnings).toEqual([])
    await core.client.projects.open({ folder: original })
  }, 60_000)

  it('replaces an export of its own and nothing else', async () => {
    const { out } = await run({ format: 'csv' })
    await run({ format: 'jsonl', out })
    expect((await readdir(out)).some((name) => name.endsWith('.csv'))).toBe(false)
    const other = join(core.folder, 'other')
    await writeTexts(other, { 'precious.txt': 'mine' })
    await expect(run({ format: 'csv', out: other })).rejects.toMatchObject({
      code: 'TARGET_EXISTS',
    })
    expect(await readFile(join(other, 'precious.txt'), 'utf8')).toBe('mine')
  })

  it('leaves one whole export where two are started for one place', async () => {
    const out = join(core.folder, 'exports', 'both')
    const started = await Promise.all(
      (['jsonl', 'webdataset', 'csv'] as const).map((format) =>
        core.client.exports.start({ format, out }),
      ),
    )
    const ids = [...new Set(started.map(({ jobId }) => jobId))]
    const jobs = await Promise.all(ids.map((jobId) => waitForJob(core.client, jobId)))
    expect(jobs.some(({ state }) => state === 'done')).toBe(true)
    const manifest = JSON.parse(await readFile(join(out, 'realign-manifest.json'), 'utf8')) as {
      files: { name: string }[]
    }
    const { 'realign-manifest.json': _manifest, ...files } = await hashes(out)
    expect(Object.keys(files).toSorted()).toEqual(manifest.files.map(({ name }) => name))
    const beside = await readdir(join(core.folder, 'exports'))
    expect(beside.filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('refuses to write into a source or the project', async () => {
    await expect(run({ format: 'csv', out: join(source, 'out') })).rejects.toMatchObject({
      code: 'TARGET_UNWRITABLE',
    })
    await expect(
      run({ format: 'csv', out: join(core.folder, 'project', 'out') }),
    ).rejects.toMatchObject({ code: 'TARGET_UNWRITABLE' })
    const link = join(core.folder, 'link-to-source')
    await symlink(source, link)
    await expect(run({ format: 'csv', out: join(link, 'out') })).rejects.toMatchObject({
      code: 'TARGET_UNWRITABLE',
    })
  })

  it('leaves nothing behind when it fails', async () => {
    const parent = join(core.folder, 'failing')
    await mkdir(parent)
    // A file where a folder of the export has to be: the write fails on its way.
    await writeTexts(core.folder, { 'failing/blocker': 'a file' })
    const { jobId } = await core.client.exports
      .start({ format: 'csv', out: join(parent, 'blocker', 'out') })
      .catch(() => ({ jobId: null }))
    if (jobId !== null) expect((await waitForJob(core.client, jobId)).state).toBe('failed')
    expect(await readdir(parent)).toEqual(['blocker'])
  })

  it('previews the first rows without writing', async () => {
    const preview = await core.client.exports.preview({ format: 'imagefolder' })
    expect(preview.count).toBe(3)
    expect(preview.files.some((file) => file.content.includes('Caption A'))).toBe(true)
  })
})
