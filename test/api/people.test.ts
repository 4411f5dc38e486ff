import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contract } from '../../src/shared/contract/index.ts'
import type { NumberedEvent } from '../../src/shared/contract/events.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import {
  PROJECT_HEADER,
  projectHeader,
  WINDOW_HEADER,
} from '../../src/shared/domain/request-headers.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { isDecided, isForGuests } from '../../src/main/features/people/rights.ts'
import { createClient, type Client } from '../../src/main/http/rpc-client.ts'
import { BRIDGES } from '../support/bridges.ts'
import { toJsonl, writePicture, writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, type TestCore } from '../support/test-core.ts'

async function importImages(core: TestCore, count: number): Promise<ImageId[]> {
  const source = join(core.folder, 'source')
  const rows = []
  for (let index = 0; index < count; index += 1) {
    await writePicture(join(source, `${index}.png`), `rgb(${index * 20}, 90, 160)`)
    rows.push({ file_name: `${index}.png`, alt: ['A common iguana'] })
  }
  await writeTexts(source, { 'table.jsonl': toJsonl(rows) })
  await importSource(core.client, { path: join(source, 'table.jsonl') })
  const range = { query: '', sort: DEFAULT_SORT, position: 0, limit: count }
  return (await core.client.library.page(range)).rows.map((row) => row.id)
}

/** A window of the page: it names itself and the project that it shows. */
function openWindow(core: TestCore, windowId: string, projectUid?: string): Client {
  return createClient(core.origin, (request) => {
    request.headers.set(WINDOW_HEADER, windowId)
    if (projectUid !== undefined) request.headers.set(PROJECT_HEADER, projectHeader(projectUid))
    return core.fetch(request)
  })
}

describe.each(BRIDGES)('windows behind the %s bridge', (bridge) => {
  let core: TestCore
  let ids: ImageId[] = []

  beforeAll(async () => {
    core = await openTestCore(bridge)
    ids = await importImages(core, 2)
  })
  afterAll(() => core.close())

  it('cannot write once another project is open, whatever the write', async () => {
    const [imageId = 0 as ImageId] = ids
    const shown = await core.client.projects.current()
    const window = openWindow(core, 'one', shown?.uid)
    const write = { imageId, baseRevisionId: null }
    await window.align.autosave({ ...write, text: 'of the first project' })

    await core.client.projects.create({ folder: join(core.folder, 'other 犬') })
    await importImages(core, 2)
    const selection = { kind: 'ids' as const, ids: [imageId] }
    const writes: Promise<unknown>[] = [
      window.align.autosave({ ...write, text: 'of the first project' }),
      window.align.submit({ ...write, text: 'of the first project' }),
      window.align.discardDraft(write),
      window.align.setStatus({ ...write, status: 'skipped' }),
      window.align.undo({ imageId: null }),
      window.align.redo({ imageId: null }),
      window.library.setStatus({ selection, status: 'skipped' }),
      window.library.setTag({ selection, tag: 'x', on: true }),
      window.imports.start({ path: join(core.folder, 'source') }),
      window.jobs.pauseLane({ lane: 'io', paused: true }),
    ]
    for (const result of await Promise.allSettled(writes)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'PROJECT_CHANGED' } })
    }
    const untouched = await core.client.align.get({ imageId })
    expect(untouched).toMatchObject({ status: 'todo', draft: null, tags: [], revisions: [] })

    // It may look, which is how it learns what is open, and write again once it shows that.
    const now = await window.projects.current()
    expect((await window.align.get({ imageId })).id).toBe(imageId)
    const again = openWindow(core, 'one', now?.uid)
    await again.align.autosave({ ...write, text: 'of the second project' })
    expect((await core.client.align.get({ imageId })).draft?.text).toBe('of the second project')
  })

  it('show who is on which image until their stream ends', async () => {
    const [, imageId = 0 as ImageId] = ids
    const uid = (await core.client.projects.current())?.uid
    const window = openWindow(core, 'two', uid)
    const stream = await core.client.events.subscribe()
    const closing = new AbortController()
    const own = await window.events.subscribe(undefined, { signal: closing.signal })
    await window.people.look({ imageId })
    expect(await next(stream, 'people')).toBe(true)
    const [owner] = await core.client.people.list()
    expect(owner).toMatchObject({ isYou: true, isHere: true, hasToken: false, imageId })

    // A window that shows another project says nothing about an image of this one.
    await openWindow(core, 'three', 'another').people.look({ imageId })
    expect(await next(stream, 'people')).toBe(true)
    const reading = own.next().catch(() => undefined)
    closing.abort()
    await reading
    expect(await next(stream, 'people')).toBe(true)
    expect((await core.client.people.list())[0]).toMatchObject({ isHere: true, imageId: null })
    await stream.return(undefined)
  })
})

async function next(
  stream: AsyncIterator<NumberedEvent, unknown>,
  topic: NumberedEvent['topic'],
): Promise<boolean> {
  for (;;) {
    const event = await stream.next()
    if (event.done === true) return false
    if (event.value.topic === topic) return true
  }
}

describe('invited people', () => {
  let core: TestCore
  let ids: ImageId[] = []

  beforeEach(async () => {
    core = await openTestCore('node')
    ids = await importImages(core, 2)
    await core.client.settings.set({ personName: 'Ann' })
  })
  afterEach(() => core.close())

  function fetchAs(token: string): (request: Request) => Promise<Response> {
    return (request) => {
      request.headers.set('authorization', `Bearer ${token}`)
      return fetch(request)
    }
  }

  async function invite(name: string): Promise<{ client: Client; token: string }> {
    const { path } = await core.client.people.invite({ name })
    const token = path.replace('/?token=', '')
    return { token, client: createClient(core.origin, fetchAs(token)) }
  }

  it('come in by a link that becomes their cookie, and by nothing else', async () => {
    const { token } = await invite('Ben')
    expect(token).toMatch(/^[\w-]{32}$/)
    const visit = await fetch(`${core.origin}/?token=${token}`, { redirect: 'manual' })
    expect(visit.status).toBe(303)
    const [set = ''] = visit.headers.getSetCookie()
    expect(set).toContain('HttpOnly; SameSite=Strict')
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${core.origin}/rpc/people/list`, { method: 'POST', headers, body: '{}' })
    const cookie = set.split(';')[0] ?? ''
    const known = await ask({ cookie })
    expect(await known.json()).toMatchObject({
      json: [
        { name: 'Ann', isYou: false },
        { name: 'Ben', isYou: true, hasToken: true },
      ],
    })
    expect((await ask({ cookie, origin: 'http://evil.example' })).status).toBe(403)
    expect((await ask({ cookie: cookie.slice(0, -1) })).status).toBe(401)
    expect((await ask({ authorization: `Bearer ${token}x` })).status).toBe(401)
    const stored = await readFile(join(core.folder, 'data', 'people.json'), 'utf8')
    expect(stored).toContain('Ben')
    expect(stored).not.toContain(token)
  })

  it('write under their own name, beside each other', async () => {
    const [imageId = 0 as ImageId] = ids
    const ben = await invite('Ben')
    const write = { imageId, baseRevisionId: null }
    await core.client.align.autosave({ ...write, text: 'A green iguana.' })
    await ben.client.align.autosave({ ...write, text: 'A lizard.' })
    expect((await core.client.align.get({ imageId })).draft?.text).toBe('A green iguana.')
    const { headRevisionId, revisions } = await ben.client.align.submit({
      ...write,
      text: 'A lizard.',
    })
    expect(revisions.map((revision) => revision.author.name)).toEqual(['Ben'])

    const late = core.client.align.submit({ ...write, text: 'A green iguana.' })
    await expect(late).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      data: {
        headRevisionId,
        headText: 'A lizard.',
        authorName: 'Ben',
        baseText: 'A common iguana',
      },
    })
    // Undo takes back one's own typing, and nothing of the other.
    expect(await core.client.align.undo({ imageId })).toMatchObject({ label: 'Typing' })
    await expect(core.client.align.undo({ imageId })).rejects.toMatchObject({
      code: 'NOTHING_TO_UNDO',
    })
    const image = await core.client.align.get({ imageId })
    expect([image.draft, image.headRevisionId]).toEqual([null, headRevisionId])
    const selection = { kind: 'ids' as const, ids }
    await core.client.library.setStatus({ selection, status: 'skipped' })
    await expect(ben.client.align.undo({ imageId: null })).rejects.toMatchObject({
      code: 'CHANGED_BY_OTHERS',
      data: { authorName: 'Ann' },
    })
    await core.client.align.undo({ imageId: null })
    expect((await ben.client.align.undo({ imageId: null })).label).toBe('Submit round')
  })

  it('can do the work and nothing that is the owner’s', async () => {
    const { client } = await invite('Ben')
    const folder = join(core.folder, 'project')
    const refused: Promise<unknown>[] = [
      client.projects.open({ folder }),
      client.projects.create({ folder: join(core.folder, 'mine') }),
      client.projects.openSample(),
      client.projects.restoreBackup({ folder }),
      client.projects.recent(),
      client.host.listFolder({ path: '/' }),
      client.imports.preview({ path: folder }),
      client.imports.start({ path: folder }),
      client.exports.start({ format: 'csv', where: '', options: {}, out: folder }),
      client.jobs.pauseLane({ lane: 'io', paused: true }),
      client.people.invite({ name: 'Carl' }),
      client.people.revoke({ name: 'Ben' }),
    ]
    for (const result of await Promise.allSettled(refused)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'OWNER_ONLY' } })
    }
    expect((await core.client.people.list()).map((person) => person.name)).toEqual(['Ann', 'Ben'])
    expect((await client.projects.current())?.folder).toBe('project')
    expect(await client.host.capabilities()).toMatchObject({
      isOwner: false,
      canListFolders: false,
    })
    expect(
      (await client.library.page({ query: '', sort: DEFAULT_SORT, position: 0, limit: 5 })).total,
    ).toBe(2)
  })

  it('have settings and a name of their own', async () => {
    const [imageId = 0 as ImageId] = ids
    const ben = await invite('Ben')
    await invite('Carl')
    expect(await ben.client.settings.get()).toMatchObject({ personName: 'Ben', theme: 'system' })
    await ben.client.settings.set({ theme: 'dark' })
    expect((await core.client.settings.get()).theme).toBe('system')
    for (const personName of ['Ann', 'carl ']) {
      const taking = ben.client.settings.set({ personName })
      await expect(taking).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    }
    await expect(core.client.settings.set({ personName: 'BEN' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    })
    await expect(core.client.people.invite({ name: 'ann' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    })
    await ben.client.align.autosave({ imageId, baseRevisionId: null, text: 'half' })
    const renamed = await ben.client.settings.set({ personName: 'Benedikt' })
    expect(renamed).toMatchObject({ personName: 'Benedikt', theme: 'dark' })
    expect((await ben.client.align.get({ imageId })).draft?.text).toBe('half')
  })

  it('are out at once when their link is taken back, and stay known by their work', async () => {
    const [imageId = 0 as ImageId] = ids
    const { client, token } = await invite('Ben')
    await client.align.submit({ imageId, baseRevisionId: null, text: 'A lizard.' })
    const stream = await client.events.subscribe()
    await client.people.look({ imageId })
    await core.client.people.revoke({ name: 'Ben' })
    expect(await next(stream, 'settings')).toBe(false)
    await expect(client.align.get({ imageId })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    const visit = await fetch(`${core.origin}/?token=${token}`, { redirect: 'manual' })
    expect([visit.status, visit.headers.getSetCookie()]).toEqual([401, []])
    expect(await core.client.people.list()).toContainEqual({
      name: 'Ben',
      isYou: false,
      isHere: false,
      imageId: null,
      hasToken: false,
    })
    await expect(core.client.people.revoke({ name: 'Ben' })).rejects.toMatchObject({
      code: 'PERSON_NOT_FOUND',
    })
  })

  it('come in again after a restart, and are the same person', async () => {
    const [imageId = 0 as ImageId] = ids
    const { client, token } = await invite('Ben')
    await client.align.autosave({ imageId, baseRevisionId: null, text: 'half' })
    core = await core.restart()
    const again = createClient(core.origin, fetchAs(token))
    expect((await again.align.get({ imageId })).draft?.text).toBe('half')
  })
})

it('the desktop app lets nobody else in', async () => {
  const core = await openTestCore('electron-like', {
    host: { kind: 'electron', canListFolders: false },
  })
  try {
    await expect(core.client.people.invite({ name: 'Ben' })).rejects.toMatchObject({
      code: 'HOST_UNSUPPORTED',
    })
  } finally {
    await core.close()
  }
})

it('somebody decided for each area what guests may do', () => {
  expect(Object.keys(contract).filter((area) => !isDecided(area))).toEqual([])
  expect(isForGuests(['align', 'submit'])).toBe(true)
  expect(isForGuests(['constructor', 'name'])).toBe(false)
  expect(isForGuests(['brand new', 'area'])).toBe(false)
})
