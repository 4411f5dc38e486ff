import { expect, test } from 'vitest'
import { exportOptions } from '../../../shared/contract/exports.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import type { Db } from '../../db/client.ts'
import type { StoredImage } from '../../db/queries/export-rows.ts'
import { exportRows } from './rows.ts'
import { createTextShaper } from './shape-rows.ts'

function makeImage(id: number): StoredImage {
  return {
    ...{ id, uid: `image-${id}`, hash: null, name: `${id}.png`, filePath: null, url: null },
    ...{ width: 1, height: 1, format: 'png', sizeBytes: 1, perceptualHash: null, status: 'todo' },
    ...{ round: 0, workRound: 1, cameFrom: null, tags: [], problem: null, updatedAt: 0 },
    ...{ draft: null, reviews: [], proposals: [], answers: [], headRevisionId: null },
    ...{ locations: [], altTexts: [], revisions: [] },
  } as unknown as StoredImage
}

/** A store of images with the numbers from 1; `gone` are deleted after they were listed. */
function storeOf(count: number, gone: ReadonlySet<number> = new Set()): Db {
  const read = {
    selectImageIds: ({ after, limit }: { after: number | null; limit: number }) => {
      const first = (after ?? 0) + 1
      const left = Math.max(0, Math.min(limit, count - first + 1))
      return Promise.resolve(Array.from({ length: left }, (_, index) => first + index))
    },
    loadImages: ({ imageIds }: { imageIds: readonly number[] }) =>
      Promise.resolve(JSON.stringify(imageIds.filter((id) => !gone.has(id)).map(makeImage))),
  }
  return { read } as unknown as Db
}

async function listRows(
  db: Db,
  choice: { readonly limit?: number; readonly imageIds?: Uint32Array; signal?: AbortSignal } = {},
): Promise<readonly string[]> {
  const tools = { text: { shape: () => Promise.reject(new Error('not asked for')) } }
  const rows = exportRows(db, {
    ...{ where: '', personId: 1 as PersonId, isSeveral: false, projectUid: 'project' },
    shaper: createTextShaper(exportOptions.parse({}), {
      ...tools,
      tokenizers: { find: () => Promise.resolve([]) },
    }),
    signal: new AbortController().signal,
    onLeftOut: () => undefined,
    ...choice,
  })
  const uids: string[] = []
  for await (const { image } of rows) uids.push(image.uid)
  return uids
}

function uidsTo(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `image-${index + 1}`)
}

test.each([0, 1, 499, 500, 501, 1_000, 1_001])('gives %i images, each once', async (count) => {
  expect(await listRows(storeOf(count))).toEqual(uidsTo(count))
})

test('stops at a limit, also at the edge of a page', async () => {
  for (const limit of [0, 1, 500, 501]) {
    expect(await listRows(storeOf(1_200), { limit })).toEqual(uidsTo(limit))
  }
})

test('gives the chosen images only', async () => {
  const imageIds = Uint32Array.of(3, 7, 1_100)
  expect(await listRows(storeOf(1_200), { imageIds })).toEqual(['image-3', 'image-7', 'image-1100'])
})

test('goes on past images that are gone when their page is loaded', async () => {
  const gone = new Set([1, 250, ...Array.from({ length: 500 }, (_, index) => 501 + index)])
  const uids = await listRows(storeOf(1_100, gone))
  expect(uids).toEqual(uidsTo(1_100).filter((_, index) => !gone.has(index + 1)))
})

test('stops when it is cancelled, and tells of a page that fails', async () => {
  await expect(listRows(storeOf(10), { signal: AbortSignal.abort('cancelled') })).rejects.toBe(
    'cancelled',
  )
  const failing = storeOf(1_000)
  const loadImages = ({ imageIds }: { imageIds: readonly ImageId[] }) =>
    imageIds[0] === 501
      ? Promise.reject(new Error('the disk is gone'))
      : failing.read.loadImages({ imageIds })
  const db = { ...failing, read: { ...failing.read, loadImages } }
  await expect(listRows(db)).rejects.toThrow('the disk is gone')
})
