import { hash } from 'node:crypto'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../../test/support/formats.ts'
import { makePhotoPng } from '../../../test/support/images.ts'
import { createInThreadSpawn } from '../../../test/support/in-thread-spawn.ts'
import { silentLog } from '../base/log.ts'
import { toPictureAddress, type PicturePart } from '../base/picture-address.ts'
import { createMediaClient } from '../media/client.ts'
import { statImageFile } from '../media/image-file.ts'
import { serve } from '../media/serve.ts'
import { createMediaRoute } from './media.ts'

test.each<[string, PicturePart]>([
  ['a.tar', { kind: 'bytes', offset: 100, sizeBytes: 0 }],
  ['a.parquet', { kind: 'cell', row: 1, column: ['jpg'] }],
])('shows pictures in %s: thumbnail, preview and the original itself', async (name, part) => {
  const jpeg = await sharp(await makePhotoPng())
    .jpeg()
    .toBuffer()
  const table = parquetWriteBuffer({
    columnData: [{ name: 'jpg', data: [null, jpeg], type: 'BYTE_ARRAY' }],
  })
  const folder = await makeFolder({
    'a.tar': Buffer.concat([Buffer.alloc(100), jpeg, Buffer.alloc(100)]),
    'a.parquet': Buffer.from(table),
  })
  const path = toPictureAddress({
    path: join(folder, name),
    part: part.kind === 'bytes' ? { ...part, sizeBytes: jpeg.length } : part,
  })
  const media = createMediaClient({ spawn: createInThreadSpawn({ media: serve }), log: silentLog })
  onTestFinished(() => media.close())
  const image = {
    ...{ path, hash: hash('sha256', jpeg), format: 'jpeg', width: 320, height: 240 },
    ...{ problem: null, stats: await statImageFile(path) },
  }
  const route = createMediaRoute({
    ...{ findImage: () => Promise.resolve(image), media, log: silentLog },
    cacheFolder: () => join(folder, 'cache'),
  })
  const get = async (address: string): Promise<Buffer> => {
    const response = await route(new Request(`http://localhost/media/${address}`))
    expect(response.status).toBe(200)
    return Buffer.from(await response.arrayBuffer())
  }
  expect((await get('image/1')).equals(jpeg)).toBe(true)
  expect((await sharp(await get('thumbnail/1')).metadata()).format).toBe('webp')
  expect((await sharp(await get('preview/1')).metadata()).width).toBe(320)
})
