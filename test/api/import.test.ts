import { chmod, mkdir, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { LibraryRow } from '../../src/shared/contract/library.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

describe('importing', () => {
  let core: TestCore
  let source: string
  let count = 0

  beforeAll(async () => {
    core = await openTestCore('direct')
  })
  afterAll(() => core.close())
  beforeEach(async () => {
    count += 1
    source = join(core.folder, `source-${count}`)
    await mkdir(source)
    await core.client.projects.create({ folder: join(core.folder, `project-${count}`) })
  })

  async function rows(query = ''): Promise<LibraryRow[]> {
    const page = await core.client.library.page({
      query,
      sort: DEFAULT_SORT,
      position: 0,
      limit: 500,
    })
    return page.rows
  }

  async function errors(job: Job): Promise<string[]> {
    const list = await core.client.jobs.errors({ jobId: job.id })
    return list.map((error) => `${error.code} ${error.item}`).toSorted()
  }

  it('reads a folder tree with sidecars', async () => {
    await writePicture(join(source, 'one.png'), 'red')
    await writePicture(join(source, 'deep/two.png'), 'green')
    await writePicture(join(source, 'deep/three.png'), 'blue')
    await writeTexts(source, {
      'one.txt': 'A red square\n',
      'deep/two.caption': 'A green square',
    })
    const job = await importSource(core.client, { path: source })
    expect(job).toMatchObject({ state: 'done', done: 3, skipped: 0, failed: 0 })
    const found = await rows()
    expect(found.map((row) => [row.name, row.text]).toSorted()).toEqual([
      ['one.png', 'A red square'],
      ['three.png', ''],
      ['two.png', 'A green square'],
    ])
    expect(found.every((row) => row.width === 40 && row.height === 30 && row.hash !== '')).toBe(
      true,
    )
  })

  it('keeps names with spaces, quotes, emoji and right-to-left text', async () => {
    const names = [
      'with space.png',
      `quote's "double".png`,
      '🦎.png',
      'תמונה.png',
      'per%20cent#1?.png',
    ]
    for (const [index, name] of names.entries()) {
      await writePicture(join(source, name), `rgb(${index * 40}, 0, 0)`)
    }
    const job = await importSource(core.client, { path: source })
    expect(job).toMatchObject({ done: names.length, failed: 0 })
    const found = await rows()
    expect(found.map((row) => row.name).toSorted()).toEqual(names.toSorted())
    for (const row of found) {
      const picture = await core.fetch(`/media/thumbnail/${row.id}?v=${row.hash}&size=256`)
      expect(picture.status).toBe(200)
    }
  })

  it('shows broken, missing and misnamed files as items with their reason', async () => {
    await writePicture(join(source, 'good.png'), 'red')
    const jpeg = await sharp({
      create: {
        width: 300,
        height: 200,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
        background: 'red',
      },
    })
      .jpeg()
      .toBuffer()
    await writeTexts(source, {
      'empty.jpg': '',
      'cut.jpg': jpeg.subarray(0, Math.floor(jpeg.length / 2)),
      'text.jpg': 'this is no picture at all',
      'really-a-jpeg.png': jpeg,
      'table.jsonl': toJsonl(
        ['good.png', 'empty.jpg', 'cut.jpg', 'text.jpg', 'really-a-jpeg.png', 'absent.png'].map(
          (file_name) => ({ file_name, alt: `alt of ${file_name}` }),
        ),
      ),
    })
    const job = await importSource(core.client, { path: join(source, 'table.jsonl') })
    expect(job).toMatchObject({ state: 'done', done: 2, failed: 4 })
    expect(await errors(job)).toEqual([
      'IMAGE_FILE_MISSING absent.png',
      'IMAGE_UNREADABLE cut.jpg',
      'IMAGE_UNREADABLE empty.jpg',
      'IMAGE_UNREADABLE text.jpg',
    ])
    expect(await core.client.projects.stats()).toMatchObject({
      images: 6,
      missing: 1,
      broken: 3,
      altTexts: 6,
    })
    const [missing] = await rows('is:missing')
    expect(missing).toMatchObject({ name: 'absent.png', text: 'alt of absent.png' })
    expect(missing?.problem?.message).toContain('absent.png')
  })

  it('gives one error per bad row and keeps the rest', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writePicture(join(source, 'b.png'), 'blue')
    await writeTexts(source, {
      'table.jsonl': `{"file_name":"a.png","alt":"A"}\n{"file_name": broken\n{"file_name":"../outside.png","alt":"x"}\n{"file_name":"b.png","alt":"B"}\n`,
      'table.csv':
        'file_name,alt\na.png,"line one\nline two, with comma"\nb.png\nb.png,B,too,many\nb.png,B\n',
    })
    const jsonl = await importSource(core.client, { path: join(source, 'table.jsonl') })
    expect(jsonl).toMatchObject({ done: 2, failed: 2 })
    expect((await errors(jsonl)).map((line) => line.split(' ')[0])).toEqual([
      'PATH_OUTSIDE_SOURCE',
      'ROW_INVALID',
    ])
    const csv = await importSource(core.client, { path: join(source, 'table.csv') })
    expect(csv.failed).toBe(2)
    const [a] = await rows('name:a.png')
    if (a === undefined) throw new Error('a.png was not imported.')
    const image = await core.client.align.get({ imageId: a.id })
    expect(image.altTexts.map((alt) => alt.text)).toEqual(['A', 'line one\nline two, with comma'])
  })

  it('adds nothing twice and says what changed', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writePicture(join(source, 'b.png'), 'blue')
    await writePicture(join(source, 'c.png'), 'green')
    await writeTexts(source, { 'a.txt': 'first', 'b.txt': 'second' })
    await importSource(core.client, { path: source })
    const again = await importSource(core.client, { path: source })
    expect(again).toMatchObject({ done: 0, skipped: 3, failed: 0 })
    expect(again.result).toMatchObject({ added: 0, changed: 0, unchanged: 3, altTexts: 0 })

    const [a] = await rows('name:a.png')
    if (a === undefined) throw new Error('a.png was not imported.')
    await core.client.align.submit({ imageId: a.id, baseRevisionId: null, text: 'my caption' })
    await writePicture(join(source, 'a.png'), 'rgb(250, 10, 10)', { width: 64, height: 48 })
    await writeTexts(source, { 'b.txt': 'second, better' })
    await unlink(join(source, 'c.png'))
    const third = await importSource(core.client, { path: source })
    expect(third.result).toMatchObject({ added: 0, changed: 2, nowMissing: 1, altTexts: 1 })
    const image = await core.client.align.get({ imageId: a.id })
    expect(image).toMatchObject({ width: 64, startText: 'my caption', status: 'submitted' })
    expect(await core.client.projects.stats()).toMatchObject({ images: 3, missing: 1, altTexts: 3 })
  })

  it('keeps every text of a table with several rows per image, however far apart', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    const filler = Array.from({ length: 300 }, (_, index) => ({
      file_name: `gone-${index}.png`,
      alt: 'x',
    }))
    await writeTexts(source, {
      'table.jsonl': toJsonl([
        { file_name: 'a.png', alt: 'first' },
        { file_name: 'a.png', alt: 'second' },
        ...filler,
        { file_name: 'a.png', alt: 'third' },
      ]),
    })
    const job = await importSource(core.client, { path: join(source, 'table.jsonl') })
    expect(job).toMatchObject({ done: 3, failed: 300 })
    const [row] = await rows('name:a.png')
    expect(row?.altCount).toBe(3)
  })

  it('takes over where each alt-text came from, when the table says so', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writeTexts(source, {
      'table.jsonl': toJsonl([
        {
          file_name: 'a.png',
          alt: ['one', 'two', 'three'],
          alt_origin: ['alt', 'title', 'nonsense'],
        },
      ]),
    })
    await importSource(core.client, { path: join(source, 'table.jsonl') })
    const [row] = await rows()
    if (row === undefined) throw new Error('Nothing was imported.')
    const image = await core.client.align.get({ imageId: row.id })
    expect(image.altTexts.map((alt) => alt.origin)).toEqual(['alt', 'title', 'alt'])
  })

  it('makes one image of two equal files', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writePicture(join(source, 'copy/a.png'), 'red')
    await writeTexts(source, { 'a.txt': 'one', 'copy/a.txt': 'two' })
    const job = await importSource(core.client, { path: source })
    expect(job.result).toMatchObject({ added: 1, sameContent: 1 })
    const found = await rows()
    expect(found).toHaveLength(1)
    expect(found[0]?.altCount).toBe(2)
  })

  it('never lets an imported caption replace what a person wrote', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writeTexts(source, {
      'one.jsonl': toJsonl([{ file_name: 'a.png', alt: 'alt', text2: 'machine caption' }]),
    })
    const map = { file_name: 'image', alt: 'alt', text2: 'caption' } as const
    await importSource(core.client, { path: join(source, 'one.jsonl'), map })
    const [row] = await rows()
    if (row === undefined) throw new Error('Nothing was imported.')
    const before = await core.client.align.get({ imageId: row.id })
    expect(before).toMatchObject({ startText: 'machine caption', status: 'todo' })
    await core.client.align.submit({
      imageId: row.id,
      baseRevisionId: before.headRevisionId,
      text: 'human caption',
    })
    await writeTexts(source, {
      'one.jsonl': toJsonl([{ file_name: 'a.png', alt: 'alt', text2: 'newer machine caption' }]),
    })
    const again = await importSource(core.client, { path: join(source, 'one.jsonl'), map })
    expect(again.result).toMatchObject({ proposals: 1, captions: 0 })
    const after = await core.client.align.get({ imageId: row.id })
    expect(after.startText).toBe('human caption')
    expect(after.revisions.map((revision) => revision.text)).toEqual([
      'machine caption',
      'human caption',
    ])
    expect(await core.client.proposals.list({ imageId: row.id })).toMatchObject([
      { text: 'newer machine caption', author: { kind: 'import' }, state: 'open' },
    ])
  })

  it('does not follow links out of the source or round in circles', async () => {
    const outside = join(core.folder, `outside-${count}`)
    await writePicture(join(outside, 'secret.png'), 'black')
    await writePicture(join(source, 'in/a.png'), 'red')
    await symlink(source, join(source, 'in/loop'))
    await symlink(outside, join(source, 'out'))
    const job = await importSource(core.client, { path: source })
    expect(job.state).toBe('done')
    expect((await rows()).map((row) => row.name)).toEqual(['a.png'])
    expect((await errors(job)).some((line) => line.startsWith('PATH_OUTSIDE_SOURCE'))).toBe(true)
  })

  it.skipIf(process.getuid?.() === 0)('goes on past a folder it may not read', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await mkdir(join(source, 'closed'))
    await chmod(join(source, 'closed'), 0)
    const job = await importSource(core.client, { path: source })
    expect(job).toMatchObject({ state: 'done', done: 1, failed: 1 })
  })

  it('refuses a source that is not there and a mapping that does not fit', async () => {
    const { client } = core
    await expect(client.imports.start({ path: join(source, 'nothing') })).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
    })
    await writeTexts(source, { 'a.jsonl': toJsonl([{ file: 'a.png', words: 'x' }]) })
    const map = { wrong: 'alt' } as const
    await expect(
      client.imports.start({ path: join(source, 'a.jsonl'), map }),
    ).rejects.toMatchObject({ code: 'MAPPING_INVALID' })
  })

  it('shows the mapping and first rows before it starts', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writeTexts(source, {
      'a.csv': 'picture,text,width\na.png,"Hello, world",12\nb.png,Bye,13\n',
    })
    const preview = await core.client.imports.preview({ path: join(source, 'a.csv') })
    expect(preview).toMatchObject({ format: 'csv', columns: ['picture', 'text', 'width'] })
    expect(preview.map).toMatchObject({ picture: 'image', text: 'alt' })
    expect(preview.records.map((record) => [record.image, record.isImageFound])).toEqual([
      ['a.png', true],
      ['b.png', false],
    ])
  })

  it('can be cancelled and resumed without doing anything twice', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `${String(index).padStart(3, '0')}.png`)
    for (const [index, name] of names.entries()) {
      await writePicture(join(source, name), `rgb(${index}, 50, 50)`)
    }
    const { jobId } = await core.client.imports.start({ path: source })
    const cancelled = await core.client.jobs.cancel({ jobId })
    expect(cancelled.state).toBe('cancelled')
    await core.client.jobs.resume({ jobId })
    let job = cancelled
    while (job.state !== 'done') {
      job = await core.client.jobs.get({ jobId })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(job.done + job.skipped + job.failed).toBe(names.length)
    expect((await core.client.projects.stats()).images).toBe(names.length)
  })

  it('keeps the texts of a later row for a picture that an earlier row named', async () => {
    const table = Array.from({ length: 150 }, (_, index) => ({
      file_name: `${index}.png`,
      alt: `alt ${index}`,
    }))
    await writePicture(join(source, '0.png'), 'red')
    const rows = [...table, { file_name: '0.png', alt: 'another alt' }]
    await writeTexts(source, { 'a.jsonl': toJsonl(rows) })
    const job = await importSource(core.client, { path: join(source, 'a.jsonl') })
    expect(job.done + job.skipped + job.failed).toBe(151)
    expect(await core.client.projects.stats()).toMatchObject({ images: 150, altTexts: 151 })
  })

  it('counts failed rows again when it goes on after a stop', async () => {
    const table = Array.from({ length: 200 }, (_, index) => ({
      file_name: `${index}.png`,
      alt: `alt ${index}`,
    }))
    await writePicture(join(source, '7.png'), 'red')
    await writeTexts(source, { 'a.jsonl': toJsonl(table) })
    const first = await importSource(core.client, { path: join(source, 'a.jsonl') })
    await core.client.jobs.resume({ jobId: first.id })
    const again = await waitForJob(core.client, first.id)
    expect(again).toMatchObject({ done: 1, skipped: 0, failed: 199 })
    expect(await errors(again)).toHaveLength(100)
  })

  it('finds a picture again that was missing before', async () => {
    await writeTexts(source, { 'a.jsonl': toJsonl([{ file_name: 'a.png', alt: 'x' }]) })
    const first = await importSource(core.client, { path: join(source, 'a.jsonl') })
    expect(first.failed).toBe(1)
    await writePicture(join(source, 'a.png'), 'red')
    const second = await importSource(core.client, { path: join(source, 'a.jsonl') })
    expect(second).toMatchObject({ failed: 0, done: 1 })
    expect(await core.client.projects.stats()).toMatchObject({ images: 1, missing: 0, altTexts: 1 })
  })

  it('leaves the source as it was', async () => {
    await writePicture(join(source, 'a.png'), 'red')
    await writeFile(join(source, 'a.txt'), 'text')
    const { stdout } = await listSource(source)
    await importSource(core.client, { path: source })
    expect((await listSource(source)).stdout).toBe(stdout)
    await rm(source, { recursive: true })
  })
})

async function listSource(folder: string): Promise<{ stdout: string }> {
  const { readdir, stat } = await import('node:fs/promises')
  const names = (await readdir(folder, { recursive: true })).toSorted()
  const lines = await Promise.all(
    names.map(async (name) => `${name} ${(await stat(join(folder, name))).mtimeMs}`),
  )
  return { stdout: lines.join('\n') }
}
