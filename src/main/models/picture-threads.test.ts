import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { workerEntry } from '../base/app-paths.ts'
import { openThread } from '../base/channel-hosts.ts'
import { sharp } from '../media/configured-sharp.ts'
import { PictureThreads } from './picture-threads.ts'

const PNG = { operation: ['VipsForeignLoadPngBuffer'] }

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-threads-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a new thread leaves alone what the decoders of all threads are set to', async () => {
  const path = join(folder, 'red.png')
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).toFile(path)
  const threads = new PictureThreads({
    getReady: () => Promise.resolve(),
    start: () => openThread(workerEntry('pictures'), {}),
    count: 1,
  })
  sharp.block(PNG)
  try {
    // Had the thread set the decoders up again, it would have taken the block away, and others' pictures with it.
    await expect(threads.pixels({ path, hash: null })).rejects.toThrow('unsupported image format')
  } finally {
    sharp.unblock(PNG)
  }
  expect(await threads.pixels({ path, hash: null })).toMatchObject({ width: 8, height: 8 })
  threads.close()
})
