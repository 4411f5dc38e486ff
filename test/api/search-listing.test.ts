import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { writePicture } from '../support/source-folder.ts'
import { importSource, openTestCore, waitForJob, type TestCore } from '../support/test-core.ts'

const TINY_CLIP = join(import.meta.dirname, '../fixtures/models/tiny-clip')
const COLOURS = ['red', 'lime', 'blue', 'white', 'black', 'orange', 'purple', 'gray']

describe('a listing that a model puts in order', () => {
  let core: TestCore

  async function list(query: string, position = 0) {
    const { rows, total } = await core.client.library.page({
      query,
      ...{ sort: DEFAULT_SORT, position, limit: 100 },
    })
    return { rows, total, names: rows.map((row) => row.name) }
  }

  beforeAll(async () => {
    core = await openTestCore('direct')
    const source = join(core.folder, 'source')
    await mkdir(source)
    for (const colour of COLOURS) await writePicture(join(source, `${colour}.png`), colour)
    await importSource(core.client, { path: source })
  })
  afterAll(() => core.close())

  it('needs an encoder for these images, and says so', async () => {
    await expect(list('sim:"a red bus"')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' })
    const { jobId } = await core.client.models.install({ from: 'folder', path: TINY_CLIP })
    await waitForJob(core.client, jobId)
    expect(await list('sim:"a red bus"')).toMatchObject({ rows: [], total: 0 })
    const embed = await core.client.models.embed({})
    expect(await waitForJob(core.client, embed.jobId)).toMatchObject({ done: 8 })
  })

  it('has the order and the scores of the search, with the filter and from any position', async () => {
    const found = await core.client.models.search({ text: 'a red bus', top: 50 })
    const { rows, total, names } = await list('sim:"a red bus"')
    expect(names).toEqual(found.rows.map((row) => row.name))
    expect(rows.map((row) => row.similarity)).toEqual(
      found.rows.map(({ rank, score }) => ({ rank, score })),
    )
    expect(total).toBe(8)
    expect((await list('sim:"a red bus"', 6)).names).toEqual(names.slice(6))
    const some = await list('sim:"a red bus" (name:red OR name:lime OR name:gray)')
    expect(new Set(some.names)).toEqual(new Set(['red.png', 'lime.png', 'gray.png']))
    expect(some.rows.map((row) => row.similarity?.rank)).toEqual([1, 2, 3])
    expect((await list('name:red')).rows[0]).not.toHaveProperty('similarity')
  })

  it('lists pictures like one, without that one', async () => {
    const [red] = (await list('name:red.png')).rows
    const { names, total } = await list(`like:${red?.hash.slice(0, 16) ?? ''} -sim:"a dog"`)
    expect(total).toBe(7)
    expect(names).not.toContain('red.png')
    await expect(list('like:0000000000')).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  })

  it('is walked through in its order', async () => {
    const query = 'sim:"a red bus"'
    const { rows, names } = await list(query)
    const third = rows[2]
    if (third === undefined) throw new Error('the listing is too short')
    const around = await core.client.library.around({
      query,
      ...{ sort: DEFAULT_SORT, imageId: third.id, before: 1, after: 2 },
    })
    expect(around).toMatchObject({ index: 1, isListed: true, position: 1, total: 8 })
    expect(around.rows.map((row) => row.name)).toEqual(names.slice(1, 5))
    // Worked on, so that the filter no longer matches: the way on from there stays.
    const todo = `${query} status:todo`
    await list(todo)
    const selection = { kind: 'ids' as const, ids: [third.id] }
    await core.client.library.setStatus({ selection, status: 'skipped' })
    const later = await core.client.library.around({
      query: todo,
      ...{ sort: DEFAULT_SORT, imageId: third.id, before: 0, after: 1 },
    })
    expect(later.rows.map((row) => row.name)).toEqual(names.slice(2, 4))
    expect((await list(todo)).total).toBe(7)
  })

  it('is changed as a whole only as far as it goes', async () => {
    const query = 'sim:"a red bus" (name:red OR name:lime)'
    const changed = await core.client.library.setTag({
      selection: { kind: 'query', query, except: [] },
      ...{ tag: 'found', on: true },
    })
    expect(changed.changed).toBe(2)
    expect((await list('tag:found')).total).toBe(2)
    expect((await core.client.library.facets({ query })).total).toBe(2)
  })

  it('cannot be asked for where an order has no sense', async () => {
    await expect(list('sim:dog OR name:red')).rejects.toMatchObject({ code: 'QUERY_INVALID' })
    await expect(
      core.client.textEdits.preview({
        selection: { kind: 'query', query: 'sim:dog', except: [] },
        edit: { kind: 'suffix', text: '.' },
        limit: 5,
      }),
    ).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  })

  it('tries phrases on one image and measures the speed', async () => {
    const { packs } = await core.client.models.list()
    const pack = packs.find(({ id }) => id === 'tiny-clip')
    const ref = { id: 'tiny-clip', revision: pack?.revision ?? '' }
    const [red] = (await list('name:red.png')).rows
    if (red === undefined) throw new Error('red.png is missing')
    const { phrases } = await core.client.models.tryOn({
      ...ref,
      ...{ imageId: red.id, phrases: ['a red bus', 'a dog'] },
    })
    const found = await core.client.models.search({ text: 'a red bus', where: 'name:red.png' })
    expect(phrases.map((phrase) => phrase.text)).toEqual(['a red bus', 'a dog'])
    expect(phrases[0]?.score).toBeCloseTo(found.rows[0]?.score ?? 0, 1)
    const speed = await core.client.models.measure(ref)
    expect(speed).toMatchObject({ device: 'cpu' })
    expect(speed.images).toBeGreaterThan(0)
  })
})
