import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NumberedEvent } from '../../src/shared/contract/events.ts'
import { BRIDGES } from '../support/bridges.ts'
import { makePhotoPng } from '../support/images.ts'
import { writeTexts } from '../support/source-folder.ts'
import { importSource, openTestCore, type TestCore } from '../support/test-core.ts'

type Events = AsyncIterator<NumberedEvent, unknown>

/** Reads on until the wanted topic comes; the events before it are kept. */
async function readUntil(events: Events, topic: NumberedEvent['topic']): Promise<NumberedEvent[]> {
  const seen: NumberedEvent[] = []
  for (;;) {
    const next = await events.next()
    if (next.done === true) throw new Error(`The stream ended before "${topic}".`)
    seen.push(next.value)
    if (seen.at(-1)?.topic === topic) return seen
  }
}

describe.each(BRIDGES)('events and pictures through the %s bridge', (name) => {
  let core: TestCore
  let picture: Buffer
  let address = ''

  beforeAll(async () => {
    core = await openTestCore(name)
    picture = await makePhotoPng()
    await writeTexts(join(core.folder, 'source'), { 'a picture.png': picture })
    await importSource(core.client, { path: join(core.folder, 'source') })
    const { rows } = await core.client.library.page({
      query: '',
      sort: { key: 'name', descending: false },
      position: 0,
      limit: 1,
    })
    address = `/media/image/${rows[0]?.id}?v=${rows[0]?.hash}`
  })

  afterAll(() => core.close())

  test('every window hears of a change, with numbers that have no gap', async () => {
    const windows = await Promise.all([
      core.client.events.subscribe(),
      core.client.events.subscribe(),
    ])
    await core.client.settings.set({ theme: 'dark' })
    await core.client.settings.set({ theme: 'light' })
    for (const events of windows) {
      const seen = [
        ...(await readUntil(events, 'settings')),
        ...(await readUntil(events, 'settings')),
      ]
      const numbers = seen.map(({ seq }) => seq)
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
      await events.return()
    }
  })

  test('a window that is gone does not keep the others from hearing', async () => {
    const [gone, here] = await Promise.all([
      core.client.events.subscribe(),
      core.client.events.subscribe(),
    ])
    await gone.return()
    await core.client.settings.set({ tileSizePx: 200 })
    expect((await readUntil(here, 'settings')).at(-1)?.topic).toBe('settings')
    await here.return()
  })

  test('a picture arrives whole and may be kept for ever', async () => {
    const response = await core.fetch(address)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(Buffer.from(await response.arrayBuffer()).equals(picture)).toBe(true)
  })

  test('a part of a picture is a 206 with its place', async () => {
    const response = await core.fetch(address, { headers: { range: 'bytes=10-19' } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes 10-19/${picture.length}`)
    expect(Buffer.from(await response.arrayBuffer()).equals(picture.subarray(10, 20))).toBe(true)
  })

  test('a part that is not there is a 416', async () => {
    const response = await core.fetch(address, { headers: { range: 'bytes=99999999-' } })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe(`bytes */${picture.length}`)
    await response.body?.cancel()
  })

  test('HEAD tells the length and sends nothing', async () => {
    const response = await core.fetch(address, { method: 'HEAD' })
    expect(response.headers.get('content-length')).toBe(String(picture.length))
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })

  test('a picture that is let go half way does no harm', async () => {
    const response = await core.fetch(address)
    await response.body?.cancel()
    expect((await core.client.projects.stats()).images).toBe(1)
  })

  test.each(['/media/image/999', '/media/image/..%2f..%2fetc', '/media/original/1', '/media'])(
    '%s is a 404',
    async (path) => {
      const response = await core.fetch(path)
      expect(response.status).toBe(404)
      await response.body?.cancel()
    },
  )
})
